import type { Directory } from '../../../contract/people.ts';
import { problem } from '../../kernel/problems.ts';
import type { ManagePeopleDeps } from '../people/invite-person.ts';
import { requireCommitted } from '../people/invite-person.ts';
import type { HeldRole, Person } from '../people/person.ts';
import { isActiveOwner, OWNER_ROLE } from '../people/person.ts';
import { isUnbound } from '../policy.ts';

/** Rounds of a change that others keep overtaking. */
const ROUNDS = 5;

type ApplyGroupsDeps = Pick<ManagePeopleDeps, 'people' | 'makeEvent'>;

/**
 * Gives the roles of the groups that somebody is in now, and takes those of groups that they are in no more. What administrators
 * gave stays. The last owner stays one, whatever the directory says.
 * @throws Problem busy
 */
export async function applyGroups(
  deps: ApplyGroupsDeps,
  person: Person,
  directory: Directory,
  groups: readonly string[],
): Promise<Person> {
  let before: Person | undefined = person;
  for (let round = 0; before && round < ROUNDS; round++) {
    const after: Person = { ...before, roles: rolesFor(before, directory, groups), version: before.version + 1 };
    if (isSame(before.roles, after.roles)) return before;
    const outcome = await commit(deps, before, after);
    if (outcome === 'committed') return after;
    if (outcome === 'last-owner') return keepOwner(deps, before, after);
    if (outcome !== 'changed') requireCommitted(outcome);
    before = await deps.people.find(person.id);
  }
  throw problem('busy', 'This person is changed by others all the time. Try again.');
}

function rolesFor(
  { roles }: Person,
  { name, groups: given }: Directory,
  groups: readonly string[],
): readonly HeldRole[] {
  const lasting = roles.filter((one) => one.directory === undefined);
  const names = Object.keys(given).filter((group) => groups.includes(group));
  const ofGroups = names.flatMap((group): HeldRole[] => (given[group] ? [{ ...given[group], directory: name }] : []));
  const isNew = (one: HeldRole, index: number) => ofGroups.findIndex((other) => isSame([one], [other])) === index;
  return [...lasting, ...ofGroups.filter(isNew)];
}

async function keepOwner(deps: ApplyGroupsDeps, before: Person, wanted: Person): Promise<Person> {
  const kept = before.roles.filter((one) => one.role === OWNER_ROLE && isUnbound(one));
  const after: Person = { ...wanted, roles: [...wanted.roles, ...kept] };
  if (!isActiveOwner(after) || isSame(before.roles, after.roles)) return before;
  requireCommitted(await commit(deps, before, after));
  return after;
}

async function commit({ people, makeEvent }: ApplyGroupsDeps, before: Person, after: Person) {
  const self = { kind: 'person', id: before.id } as const;
  const difference = { before: { roles: before.roles }, after: { roles: after.roles } };
  return people.commit({ before, after }, makeEvent(self, 'person.groups-applied', self, difference));
}

const isSame = (one: readonly HeldRole[], other: readonly HeldRole[]): boolean => written(one) === written(other);

/** Order and spelling of members say nothing. */
const written = (roles: readonly HeldRole[]): string =>
  JSON.stringify(
    roles
      .map(({ role, folderIds = [], endpointIds = [], directory = '' }) => [
        ...[role, directory],
        ...folderIds.toSorted(),
        ...endpointIds.map((id) => `endpoint ${id}`).toSorted(),
      ])
      .toSorted(),
  );
