import type { Caller, Grant } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { Permission } from '../permissions.ts';
import { PERMISSIONS } from '../permissions.ts';
import { covers } from '../policy.ts';
import { grantOf } from '../rights.ts';
import { ROLES } from '../roles.ts';
import type { HeldRole, Person } from './person.ts';

/** What a person may do, role by role. */
export const grantsOf = ({ roles }: Pick<Person, 'roles'>): readonly Grant[] =>
  roles.map(({ role, folderIds }) => grantOf({ role, ...(folderIds && { folderIds }) }));

/** A person as who makes a call. */
export const personCaller = (person: Pick<Person, 'id' | 'roles'>): Caller => ({
  kind: 'person',
  id: person.id,
  grants: grantsOf(person),
});

/**
 * Nobody gives rights that they lack, and nobody changes somebody who has more.
 * @throws Problem permission.missing
 */
export function requireToCover(caller: Caller, roles: readonly HeldRole[]): void {
  for (const { permissions, folderIds } of grantsOf({ roles })) {
    const lacking = permissions.find((one) => !covers(caller, one as Permission, folderIds));
    if (lacking !== undefined)
      throw problem('permission.missing', `Nobody gives or takes rights that they lack: ${lacking}.`);
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
export const rightsOf = ({ status, roles }: Pick<Person, 'status' | 'roles'>): readonly HeldRight[] =>
  PERMISSIONS.map((permission) => {
    const rules = roles.filter(({ role }) => (ROLES[role] as readonly Permission[]).includes(permission));
    return { permission, allowed: status === 'active' && rules.length > 0, rules };
  });
