import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import { readPlan } from '../../plan/read-plan.ts';
import type { PurgeAround } from '../outdated.ts';
import { expandNames } from './expand-names.ts';
import type { NamedTransformation } from './named-transformation.ts';
import type { NamedTransformationStore } from './named-transformation-store.ts';

export interface ManageNamedTransformationsDeps {
  readonly namedTransformations: NamedTransformationStore;
  /** 9 letters and digits. */
  readonly shortId: () => string;
  readonly clock: Clock;
  readonly purgeAround: PurgeAround;
  readonly makeEvent: MakeEvent;
}

type Choices = Pick<NamedTransformation, 'name' | 'transformation' | 'enabled'>;

/** A name as a caller asks for it; it is enabled unless the caller says otherwise. */
export type NamedTransformationInput = Pick<Choices, 'name' | 'transformation'> & {
  readonly enabled?: boolean | undefined;
};

/** What a caller changes; what is missing stays. */
export type NamedTransformationChange = { readonly [Name in keyof Choices]?: Choices[Name] | undefined };

/** By name. */
export async function listNamed({ namedTransformations }: ManageNamedTransformationsDeps) {
  const all = await namedTransformations.list();
  return [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws Problem name.not-found */
export async function getNamed(deps: ManageNamedTransformationsDeps, id: string): Promise<NamedTransformation> {
  const found = (await deps.namedTransformations.list()).find((one) => one.id === id);
  if (!found) throw problem('name.not-found', 'No named transformation has this id.');
  return found;
}

/** @throws Problem name.invalid, name.taken, name.limit */
export async function createNamed(
  deps: ManageNamedTransformationsDeps,
  caller: Caller,
  input: NamedTransformationInput,
): Promise<NamedTransformation> {
  const { name, transformation, enabled = true } = input;
  refuseBuiltIn(name);
  const all = await deps.namedTransformations.list();
  await checkMeaning(all, { name, transformation, enabled });
  if (all.length >= LIMITS.namedTransformations) {
    throw problem('name.limit', `There may be at most ${LIMITS.namedTransformations} named transformations.`);
  }
  const createdAt = new Date(deps.clock()).toISOString();
  const named = { id: deps.shortId(), name, transformation, enabled, createdAt, revision: 1 };
  const event = deps.makeEvent(caller, 'name.created', objectOf(named.id), { after: named });
  if (!(await deps.namedTransformations.commit({ create: named }, event))) throw taken(name);
  return named;
}

/**
 * Changes what is given and leaves the rest. Everything that was made with the old meaning is purged.
 * @throws Problem name.not-found, name.invalid, name.taken
 */
export async function updateNamed(
  deps: ManageNamedTransformationsDeps,
  caller: Caller,
  id: string,
  { name, transformation, enabled }: NamedTransformationChange,
): Promise<NamedTransformation> {
  const current = await getNamed(deps, id);
  const next: NamedTransformation = {
    ...current,
    ...(name !== undefined && { name }),
    ...(transformation !== undefined && { transformation }),
    ...(enabled !== undefined && { enabled }),
    revision: current.revision + 1,
  };
  refuseBuiltIn(next.name);
  await checkMeaning(await deps.namedTransformations.list(), next);
  return deps.purgeAround([{ kind: 'name', name: current.name }], async () => {
    const difference = { before: { ...current }, after: { ...next } };
    const event = deps.makeEvent(caller, 'name.updated', objectOf(id), difference);
    if (!(await deps.namedTransformations.commit({ replace: current, by: next }, event))) throw taken(next.name);
    return next;
  });
}

/** @throws Problem name.not-found */
export async function removeNamed(deps: ManageNamedTransformationsDeps, caller: Caller, id: string): Promise<void> {
  const named = await getNamed(deps, id);
  const event = deps.makeEvent(caller, 'name.deleted', objectOf(id), { before: { ...named } });
  await deps.purgeAround([{ kind: 'name', name: named.name }], async () => {
    if (!(await deps.namedTransformations.commit({ remove: named }, event))) throw taken(named.name);
  });
}

const objectOf = (id: string) => ({ kind: 'name', id });

const taken = (name: string): Problem =>
  problem('name.taken', `The name "${name}" is taken, or it was changed by another call at the same time.`);

/** The built-in names are no owner's: request/judge-url.ts tells them by how they begin. */
const RESERVED = /^(ik_|media_library_)/;

function refuseBuiltIn(name: string): void {
  if (RESERVED.test(name)) {
    throw problem('name.invalid', 'Names that begin with ik_ or media_library_ are built in.');
  }
}

/** A mistake is told when it is made, not when the first picture is asked for. Disabled names may be used already. */
async function checkMeaning(all: readonly NamedTransformation[], named: Choices): Promise<void> {
  const known = new Map(all.map((one) => [one.name, { ...one, enabled: true }]));
  const self = { id: '', createdAt: '', revision: 0, ...named, enabled: true };
  try {
    const { steps } = await expandNames([[`n-${named.name}`]], async (name) =>
      name === named.name ? self : known.get(name),
    );
    readPlan(steps);
  } catch (error) {
    if (error instanceof Problem) throw problem('name.invalid', `transformation is not valid: ${error.message}`);
    throw error;
  }
}
