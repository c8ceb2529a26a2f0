import { LIMITS } from '../../../contract/limits.ts';
import { ROLE_NAMES } from '../../../contract/role-names.ts';
import type { AuditAction } from '../../audit/actions.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { Permission } from '../permissions.ts';
import type { CustomRole, CustomRoleChange, CustomRoleStore } from './custom-role.ts';
import { requireToGive } from './held-roles.ts';
import type { PersonStore } from './person-store.ts';

export interface ManageRolesDeps {
  readonly customRoles: CustomRoleStore;
  readonly people: Pick<PersonStore, 'list'>;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

export interface RoleContent {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/**
 * Makes a role. Nobody makes one that may do more than they.
 * @throws Problem role.invalid, role.limit, permission.missing or busy
 */
export async function createRole(deps: ManageRolesDeps, caller: Caller, content: RoleContent): Promise<CustomRole> {
  requireToGive(caller, content.permissions);
  const after: CustomRole = { id: deps.hexId(), ...content, createdAt: new Date(deps.clock()).toISOString() };
  await change(deps, caller, 'role.created', (roles) => {
    if (roles.length >= LIMITS.customRoles) {
      throw problem('role.limit', `There may be at most ${LIMITS.customRoles} custom roles.`);
    }
    requireOwnName(roles, after);
    return { after };
  });
  return after;
}

/**
 * Changes a role: whoever holds it has the new permissions from their next call on. Nobody gives or takes what they lack.
 * @throws Problem role.missing, role.invalid, permission.missing or busy
 */
export async function updateRole(
  deps: ManageRolesDeps,
  caller: Caller,
  id: string,
  update: { readonly name?: string | undefined; readonly permissions?: readonly Permission[] | undefined },
): Promise<CustomRole> {
  const { after } = await change(deps, caller, 'role.updated', (roles) => {
    const before = present(roles, id);
    requireToGive(caller, before.permissions);
    const { name = before.name, permissions = before.permissions } = update;
    requireToGive(caller, permissions);
    const changed = { ...before, name, permissions };
    requireOwnName(roles, changed);
    return { before, after: changed };
  });
  return after as CustomRole;
}

/**
 * Removes a role that nobody holds.
 * @throws Problem role.missing, role.in-use, permission.missing or busy
 */
export async function deleteRole(deps: ManageRolesDeps, caller: Caller, id: string): Promise<void> {
  const holders = (await deps.people.list()).filter(({ roles }) => roles.some(({ role }) => role === id));
  await change(deps, caller, 'role.deleted', (roles) => {
    const before = present(roles, id);
    requireToGive(caller, before.permissions);
    if (holders.length > 0) throw problem('role.in-use', `This role is held by ${holders.length} people.`);
    return { before };
  });
}

/** @throws Problem role.missing */
export async function findRole({ customRoles }: Pick<ManageRolesDeps, 'customRoles'>, id: string): Promise<CustomRole> {
  return present((await customRoles.read()).roles, id);
}

function present(roles: readonly CustomRole[], id: string): CustomRole {
  const found = roles.find((one) => one.id === id);
  if (!found) throw problem('role.missing', 'No custom role has this id.');
  return found;
}

/** People tell roles by their names. */
function requireOwnName(roles: readonly CustomRole[], { id, name }: CustomRole): void {
  const isTaken = roles.some((one) => one.name === name && one.id !== id);
  if (isTaken || (ROLE_NAMES as readonly string[]).includes(name)) {
    throw problem('role.invalid', `name is that of another role: ${name}.`);
  }
}

async function change(
  { customRoles, makeEvent }: ManageRolesDeps,
  caller: Caller,
  action: AuditAction,
  decide: (roles: readonly CustomRole[]) => CustomRoleChange,
): Promise<CustomRoleChange> {
  for (let round = 0; round < ROUNDS; round++) {
    const { version, roles } = await customRoles.read();
    const decided = decide(roles);
    const { before, after } = decided;
    const difference = before ? { before: { ...before }, after: after && { ...after } } : { after: { ...after } };
    const event = makeEvent(caller, action, { kind: 'role', id: (before ?? after)?.id ?? '' }, difference);
    if (await customRoles.commit(decided, version, event)) return decided;
  }
  throw problem('busy', 'The roles are changed by others all the time. Try again.');
}
