import { PERMISSIONS } from '../../../lambda/core/accounts/permissions.ts';
import type { Caller } from '../../../lambda/core/kernel/caller.ts';

/** Whoever holds the private key. */
export const OWNER: Caller = { kind: 'private-key', id: 'private-key', grants: [{ permissions: PERMISSIONS }] };
