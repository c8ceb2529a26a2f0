import { LIMITS } from '../../../contract/limits.ts';
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
}

type Choices = Pick<NamedTransformation, 'name' | 'transformation' | 'enabled'>;

const MEMBERS = ['name', 'transformation', 'enabled'];

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
export async function createNamed(deps: ManageNamedTransformationsDeps, body: unknown): Promise<NamedTransformation> {
  const { name, transformation, enabled = true } = readChoices(body);
  if (name === undefined || transformation === undefined) {
    throw problem('name.invalid', 'name and transformation are required.');
  }
  const all = await deps.namedTransformations.list();
  await checkMeaning(all, { name, transformation, enabled });
  if (all.length >= LIMITS.namedTransformations) {
    throw problem('name.limit', `There may be ${LIMITS.namedTransformations} named transformations.`);
  }
  const createdAt = new Date(deps.clock()).toISOString();
  const named = { id: deps.shortId(), name, transformation, enabled, createdAt, revision: 1 };
  if (!(await deps.namedTransformations.create(named))) throw taken(name);
  return named;
}

/**
 * Changes what is given and leaves the rest. Everything that was made with the old meaning is purged.
 * @throws Problem name.not-found, name.invalid, name.taken
 */
export async function updateNamed(
  deps: ManageNamedTransformationsDeps,
  id: string,
  body: unknown,
): Promise<NamedTransformation> {
  const choices = readChoices(body);
  const current = await getNamed(deps, id);
  const next: NamedTransformation = { ...current, ...choices, revision: current.revision + 1 };
  await checkMeaning(await deps.namedTransformations.list(), next);
  return deps.purgeAround([{ kind: 'name', name: current.name }], async () => {
    if (!(await deps.namedTransformations.replace(current, next))) throw taken(next.name);
    return next;
  });
}

/** @throws Problem name.not-found */
export async function removeNamed(deps: ManageNamedTransformationsDeps, id: string): Promise<void> {
  const { name } = await getNamed(deps, id);
  await deps.purgeAround([{ kind: 'name', name }], () => deps.namedTransformations.remove(name));
}

const taken = (name: string): Problem =>
  problem('name.taken', `The name "${name}" is taken, or it was changed by another call at the same time.`);

function readChoices(body: unknown): Partial<Choices> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw problem('name.invalid', 'The body must be an object.');
  }
  const unknown = Object.keys(body).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) {
    throw problem('name.invalid', `There is no member "${unknown.slice(0, 60)}"; there are ${MEMBERS.join(', ')}.`);
  }
  const { name, transformation, enabled } = body as Record<string, unknown>;
  return {
    ...(name !== undefined && { name: readName(name) }),
    ...(transformation !== undefined && { transformation: readTransformation(transformation) }),
    ...(enabled !== undefined && { enabled: readEnabled(enabled) }),
  };
}

/** The built-in names are no owner's: request/judge-url.ts tells them by how they begin. */
const RESERVED = /^(ik_|media_library_)/;

function readName(value: unknown): string {
  if (typeof value !== 'string' || !/^\w{1,100}$/.test(value)) {
    throw problem('name.invalid', 'name must have 1 to 100 letters, digits and underscores.');
  }
  if (RESERVED.test(value)) {
    throw problem('name.invalid', 'Names that begin with ik_ or media_library_ are built in.');
  }
  return value;
}

function readTransformation(value: unknown): string {
  const most = LIMITS.namedTransformationCharacters;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= most) return value;
  throw problem('name.invalid', `transformation must be a text of 1 to ${most} characters.`);
}

function readEnabled(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw problem('name.invalid', 'enabled must be true or false.');
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
