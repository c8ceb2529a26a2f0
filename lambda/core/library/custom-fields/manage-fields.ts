import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { CustomField, FieldSchema } from './custom-field.ts';
import { requireSchema } from './field-schema.ts';
import type { FieldStore } from './field-store.ts';

export interface ManageFieldsDeps {
  readonly fields: FieldStore;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

export interface NewField {
  readonly name: string;
  readonly label: string;
  readonly schema: FieldSchema;
  readonly description?: string | undefined;
}

export interface FieldUpdate {
  readonly label?: string | undefined;
  /** Members that are given replace those that are there; the type stays. */
  readonly schema?: Omit<FieldSchema, 'type'> | undefined;
  /** An empty text takes it away. */
  readonly description?: string | undefined;
}

/** Folder of a path policy that has a field. @param name of the field */
export type PolicyWith = (name: string) => Promise<string | undefined>;

/** Folder of a path policy whose rule does not fit what a field would become. */
export type PolicyAgainst = (field: CustomField) => Promise<string | undefined>;

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** @throws Problem custom-field.invalid, custom-field.taken, custom-field.limit or busy */
export async function createField(deps: ManageFieldsDeps, caller: Caller, input: NewField): Promise<CustomField> {
  const { name, label, description } = input;
  // A value under such a name would change what every object can do (OWASP, "Prototype pollution").
  if (name in Object.prototype)
    throw problem('custom-field.invalid', `name must not be "${name}", which has a meaning.`);
  const schema = requireSchema(input.schema);
  const createdAt = new Date(deps.clock()).toISOString();
  const field: CustomField = { id: deps.hexId(), name, label, schema, createdAt, ...(description && { description }) };
  const event = deps.makeEvent(caller, 'field.created', objectOf(field.id), { after: { ...field } });
  return change(deps, async (fields, version) => {
    if (fields.length >= LIMITS.customFields) {
      throw problem('custom-field.limit', `There may be at most ${LIMITS.customFields} fields, deleted ones included.`);
    }
    if (fields.some((one) => one.name === name)) throw taken('name', name);
    refuseTakenLabel(fields, field);
    return (await deps.fields.put(field, version, event)) && field;
  });
}

/** @throws Problem custom-field.not-found, custom-field.invalid, custom-field.taken or busy */
export async function updateField(
  deps: ManageFieldsDeps & { readonly policyAgainst: PolicyAgainst },
  caller: Caller,
  id: string,
  update: FieldUpdate,
): Promise<CustomField> {
  return change(deps, async (fields, version) => {
    const before = liveField(fields, id);
    const next = updated(before, update);
    refuseTakenLabel(fields, next);
    const folderPath = await deps.policyAgainst(next);
    if (folderPath !== undefined) {
      throw problem('custom-field.invalid', `The path policy of "${folderPath}" has a default that would not fit.`);
    }
    const event = deps.makeEvent(caller, 'field.updated', objectOf(id), { before: { ...before }, after: { ...next } });
    return (await deps.fields.put(next, version, event)) && next;
  });
}

/**
 * Files keep their values and do not show them.
 * @throws Problem custom-field.not-found, custom-field.invalid while a path policy has it, or busy
 */
export async function deleteField(
  deps: ManageFieldsDeps & { readonly policyWith: PolicyWith },
  caller: Caller,
  id: string,
): Promise<void> {
  await change(deps, async (fields, version) => {
    const before = liveField(fields, id);
    const folderPath = await deps.policyWith(before.name);
    if (folderPath !== undefined) {
      throw problem('custom-field.invalid', `The field is part of the path policy of "${folderPath}".`);
    }
    const deleted = { ...before, deletedAt: new Date(deps.clock()).toISOString() };
    const event = deps.makeEvent(caller, 'field.deleted', objectOf(id), { before: { ...before } });
    return (await deps.fields.put(deleted, version, event)) && deleted;
  });
}

export async function listFields(
  { fields }: Pick<ManageFieldsDeps, 'fields'>,
  includeDeleted: boolean,
): Promise<readonly CustomField[]> {
  const all = (await fields.read()).fields;
  return includeDeleted ? all : all.filter(({ deletedAt }) => deletedAt === undefined);
}

function updated(before: CustomField, { label, schema, description }: FieldUpdate): CustomField {
  if (label === undefined && schema === undefined && description === undefined) {
    throw problem('custom-field.invalid', 'Give label, schema or description: nothing else can change.');
  }
  const { description: kept, ...others } = before;
  const nextDescription = description ?? kept;
  return {
    ...others,
    ...(label !== undefined && { label }),
    ...(schema && { schema: requireSchema({ ...before.schema, ...schema }) }),
    ...(nextDescription && { description: nextDescription }),
  };
}

async function change(
  { fields }: ManageFieldsDeps,
  attempt: (fields: readonly CustomField[], version: number) => Promise<CustomField | false>,
): Promise<CustomField> {
  for (let round = 0; round < ROUNDS; round++) {
    const state = await fields.read();
    const done = await attempt(state.fields, state.version);
    if (done) return done;
  }
  throw problem('busy', 'The fields are changed by others all the time. Try again.');
}

function liveField(fields: readonly CustomField[], id: string): CustomField {
  const found = fields.find((one) => one.id === id);
  if (!found) throw problem('custom-field.not-found', 'No custom metadata field has this id.');
  if (found.deletedAt !== undefined) throw problem('custom-field.invalid', 'The field is deleted.');
  return found;
}

/** Labels are for people: those of deleted fields are free again. */
function refuseTakenLabel(fields: readonly CustomField[], { id, label }: CustomField): void {
  if (fields.some((one) => one.label === label && one.id !== id && one.deletedAt === undefined)) {
    throw taken('label', label);
  }
}

const taken = (member: string, value: string) =>
  problem('custom-field.taken', `Another field has the ${member} "${value.slice(0, 60)}".`);

const objectOf = (id: string) => ({ kind: 'field', id });
