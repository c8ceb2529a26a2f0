import type { Permission } from '../../accounts/permissions.ts';
import { isAllowed, requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { Endpoint } from './endpoint.ts';

export const isEndpointSeen = (caller: Caller, { id }: Pick<Endpoint, 'id'>): boolean =>
  isAllowed(caller, 'endpoints.read', { endpointId: id });

/**
 * Asks for a right with an endpoint. One that may not be seen is told to be missing.
 * @throws Problem endpoint.not-found or permission.missing
 */
export function requireEndpointRight(caller: Caller, permission: Permission, id: string): void {
  if (isAllowed(caller, permission, { endpointId: id })) return;
  if (!isEndpointSeen(caller, { id })) throw endpointMissing();
  requirePermission(caller, permission, { endpointId: id });
}

/**
 * Who may change this endpoint alone gives it no origin that they may not see: its files would be theirs.
 * @throws Problem permission.missing
 */
export function requireOriginRights(caller: Caller, before: Endpoint, after: Endpoint): void {
  if (isAllowed(caller, 'endpoints.write')) return;
  if (after.origins.some((id) => !before.origins.includes(id))) requirePermission(caller, 'origins.read');
}

export const endpointMissing = () => problem('endpoint.not-found', 'No URL endpoint has this id.');
