import { isRole } from '../../../contract/role-names.ts';
import type { Bounds, Caller, Grant } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { Permission } from '../permissions.ts';
import { PERMISSIONS } from '../permissions.ts';
import { boundsOf, covers } from '../policy.ts';
import { grantOf } from '../rights.ts';
import type { CustomRoleStore } from './custom-role.ts';
import type { HeldRole, Person } from './person.ts';

/** Where what a held role allows is looked up. */
export interface HeldRolesDeps {
  readonly customRoles: Pick<CustomRoleStore, 'find'>;
}

/** What a person may do, role by role. A custom role that is gone allows nothing. */
export async function grantsOf({ customRoles }: HeldRolesDeps, held: readonly HeldRole[]): Promise<readonly Grant[]> {
  const ids = new Set(held.flatMap(({ role }) => (isRole(role) ? [] : [role])));
  const found = await Promise.all([...ids].map((id) => customRoles.find(id)));
  return held.flatMap(({ role, ...bounds }): Grant[] => {
    const bound = boundsOf(bounds);
    if (isRole(role)) return [grantOf({ role, ...bound })];
    const custom = found.find((one) => one?.id === role);
    return custom ? [{ role, permissions: custom.permissions, ...bound }] : [];
  });
}

/** A person as who makes a call. */
export const personCaller = async (
  deps: HeldRolesDeps,
  { id, roles }: Pick<Person, 'id' | 'roles'>,
): Promise<Caller> => ({
  kind: 'person',
  id,
  grants: await grantsOf(deps, roles),
});

/**
 * Nobody gives rights that they lack, and nobody changes somebody who has more.
 * @throws Problem permission.missing
 */
export async function requireToCover(deps: HeldRolesDeps, caller: Caller, roles: readonly HeldRole[]): Promise<void> {
  for (const { permissions, ...bounds } of await grantsOf(deps, roles)) {
    requireToGive(caller, permissions as readonly Permission[], bounds);
  }
}

/**
 * Nobody gives rights that they lack.
 * @param bounds where they hold. Default: everywhere
 * @throws Problem permission.missing
 */
export function requireToGive(caller: Caller, permissions: readonly Permission[], bounds: Bounds = {}): void {
  const lacking = permissions.find((one) => !covers(caller, one, bounds));
  if (lacking !== undefined)
    throw problem('permission.missing', `Nobody gives or takes rights that they lack: ${lacking}.`);
}

/** @throws Problem person.invalid for a role that there is not */
export async function requireKnown({ customRoles }: HeldRolesDeps, roles: readonly HeldRole[]): Promise<void> {
  for (const { role } of roles) {
    if (!isRole(role) && !(await customRoles.find(role)))
      throw problem('person.invalid', `role is neither a role of every account nor the id of a custom role: ${role}.`);
  }
}

/** Why a person may do something, or that nothing allows it. */
export interface HeldRight {
  readonly permission: Permission;
  readonly allowed: boolean;
  /** The roles that give it. */
  readonly rules: readonly HeldRole[];
}

/** What a person may do, permission by permission, as the policy decides it. */
export async function rightsOf(deps: HeldRolesDeps, { status, roles }: Pick<Person, 'status' | 'roles'>) {
  const grants = await grantsOf(deps, roles);
  return PERMISSIONS.map((permission): HeldRight => {
    const rules = grants
      .filter(({ permissions }) => permissions.includes(permission))
      .map(({ role = '', ...bounds }) => ({ role, ...boundsOf(bounds) }));
    return { permission, allowed: status === 'active' && rules.length > 0, rules };
  });
}
