import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { FieldStore } from '../custom-fields/field-store.ts';
import { requireFieldRules } from './field-rules.ts';
import type { PathPolicy } from './path-policy.ts';
import type { PathPolicyChange, PathPolicyStore } from './path-policy-store.ts';

export interface ManagePathPoliciesDeps {
  readonly pathPolicies: PathPolicyStore;
  readonly fields: Pick<FieldStore, 'read'>;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

type Choices = Pick<PathPolicy, 'name' | 'folderPath' | 'fields'>;

/** What a caller changes; what is missing stays. */
export type PathPolicyUpdate = { readonly [Name in keyof Choices]?: Choices[Name] | undefined };

type Reading = Pick<ManagePathPoliciesDeps, 'pathPolicies'>;

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** Oldest first. */
export const listPathPolicies = async ({ pathPolicies }: Reading): Promise<readonly PathPolicy[]> =>
  (await pathPolicies.read()).policies;

/** @throws Problem path-policy.not-found */
export const getPathPolicy = async (deps: Reading, id: string): Promise<PathPolicy> =>
  withId(await listPathPolicies(deps), id);

/** @throws Problem path-policy.invalid, path-policy.taken or busy */
export async function createPathPolicy(
  deps: ManagePathPoliciesDeps,
  caller: Caller,
  { name, folderPath, fields }: Choices,
): Promise<PathPolicy> {
  requireFieldRules(fields, (await deps.fields.read()).fields);
  const createdAt = new Date(deps.clock()).toISOString();
  const made = { id: deps.hexId(), name, folderPath, fields, createdAt, updatedAt: createdAt };
  const event = deps.makeEvent(caller, 'path-policy.created', objectOf(made.id), { after: made });
  await change(deps, (policies) => {
    if (policies.length >= LIMITS.pathPolicies) {
      throw problem('path-policy.invalid', `There may be at most ${LIMITS.pathPolicies} path policies.`);
    }
    refuseTaken(policies, made);
    return [{ put: made }, event];
  });
  return made;
}

/** @throws Problem path-policy.not-found, path-policy.invalid, path-policy.taken or busy */
export async function updatePathPolicy(
  deps: ManagePathPoliciesDeps,
  caller: Caller,
  id: string,
  { name, folderPath, fields }: PathPolicyUpdate,
): Promise<PathPolicy> {
  if (fields) requireFieldRules(fields, (await deps.fields.read()).fields);
  const updatedAt = new Date(deps.clock()).toISOString();
  const done = await change(deps, (policies) => {
    const before = withId(policies, id);
    const after: PathPolicy = {
      ...before,
      ...(name !== undefined && { name }),
      ...(folderPath !== undefined && { folderPath }),
      ...(fields !== undefined && { fields }),
      updatedAt,
    };
    refuseTaken(policies, after);
    const difference = { before: { ...before }, after: { ...after } };
    return [{ put: after }, deps.makeEvent(caller, 'path-policy.updated', objectOf(id), difference)];
  });
  return 'put' in done ? done.put : done.remove;
}

/** @throws Problem path-policy.not-found or busy */
export async function deletePathPolicy(deps: ManagePathPoliciesDeps, caller: Caller, id: string): Promise<void> {
  await change(deps, (policies) => {
    const before = withId(policies, id);
    return [{ remove: before }, deps.makeEvent(caller, 'path-policy.deleted', objectOf(id), { before: { ...before } })];
  });
}

type Decide = (
  policies: readonly PathPolicy[],
) => readonly [PathPolicyChange, Parameters<PathPolicyStore['commit']>[2]];

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
async function change({ pathPolicies }: ManagePathPoliciesDeps, decide: Decide): Promise<PathPolicyChange> {
  for (let round = 0; round < ROUNDS; round++) {
    const { policies, version } = await pathPolicies.read();
    const [wanted, event] = decide(policies);
    if (await pathPolicies.commit(wanted, version, event)) return wanted;
  }
  throw problem('busy', 'The path policies are changed by others all the time. Try again.');
}

function refuseTaken(policies: readonly PathPolicy[], { id, folderPath }: PathPolicy): void {
  if (policies.some((one) => one.folderPath === folderPath && one.id !== id)) {
    throw problem('path-policy.taken', `Another path policy is for "${folderPath}".`);
  }
}

function withId(policies: readonly PathPolicy[], id: string): PathPolicy {
  const found = policies.find((one) => one.id === id);
  if (!found) throw problem('path-policy.not-found', 'No path policy has this id.');
  return found;
}

const objectOf = (id: string) => ({ kind: 'path-policy', id });
