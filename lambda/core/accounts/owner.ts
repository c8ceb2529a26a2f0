import type { Caller } from '../kernel/caller.ts';
import { PERMISSIONS } from './permissions.ts';

/** Who calls with the deployment's private key: there is one, and it may do everything. */
export const OWNER: Caller = { kind: 'private-key', id: 'private-key', grants: [{ permissions: PERMISSIONS }] };

/**
 * Work that somebody began and that is finished without them. Their rights were asked for when it began.
 * @param folderIds that the work must not leave
 */
export const onBehalfOf = ({ kind, id }: Pick<Caller, 'kind' | 'id'>, folderIds?: readonly string[]): Caller => ({
  kind,
  id,
  grants: [{ permissions: PERMISSIONS, ...(folderIds && { folderIds }) }],
});

/** The deployment itself. */
export const SYSTEM: Caller = onBehalfOf({ kind: 'system', id: 'system' });
