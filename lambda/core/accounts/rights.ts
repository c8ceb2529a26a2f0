import type { Role } from '../../contract/role-names.ts';
import type { Bounds, Grant } from '../kernel/caller.ts';
import type { Permission } from './permissions.ts';
import { boundsOf } from './policy.ts';
import { ROLES } from './roles.ts';

/** What a key or a person is given, as it is recorded: a role by its name, so that it grows with what the role may do. */
export type Rights = ({ readonly role: Role } | { readonly permissions: readonly Permission[] }) & Bounds;

/** What the rights allow now. */
export function grantOf(rights: Rights): Grant {
  const bound = boundsOf(rights);
  if ('role' in rights) return { role: rights.role, permissions: ROLES[rights.role], ...bound };
  return { permissions: rights.permissions, ...bound };
}
