import { isDeepStrictEqual } from 'node:util';
import { problem } from '../../kernel/problems.ts';
import type { CustomField } from '../custom-fields/custom-field.ts';
import type { GivenValues } from '../custom-fields/field-values.ts';
import { checkedValues, valuesOfNewFile } from '../custom-fields/field-values.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { ChosenFields, FolderFields } from './folder-fields.ts';

type Values = Readonly<Record<string, MetadataValue>>;

/**
 * The values of a new file in a folder: what is given, and the defaults of the fields as they are there.
 * @throws Problem custom-metadata.invalid naming the field
 */
export function valuesOfNewFileIn(folder: FolderFields, given: GivenValues): Record<string, MetadataValue> {
  const { known, policy } = folder;
  if (!policy) return valuesOfNewFile(known, given);
  const asked = changesIn(given, defaultsOf(policy));
  refuseUnderPolicy(known, policy, asked);
  return valuesOfNewFile(policy.fields, asked);
}

/**
 * Values that a file in a folder is given. Fields that are not named stay as they are. A value that the file has already is
 * no change of it, so that a client may send back everything that it read.
 * @throws Problem custom-metadata.invalid naming the field
 */
export function changedValuesIn(
  folder: FolderFields,
  given: GivenValues,
  present: Values = {},
): Record<string, MetadataValue | null> {
  const { known, policy } = folder;
  if (!policy) return checkedValues(known, given);
  const changes = changesIn(given, present);
  const removals = namesOfRemovals(changes, policy);
  refuseUnderPolicy(known, policy, withoutNames(changes, removals));
  // Of one name, the field as the policy has it comes first.
  return checkedValues([...policy.fields, ...known], changes);
}

/** The fields of a folder that may be filled without being asked for. */
export const fillableFields = ({ known, policy }: FolderFields): readonly CustomField[] =>
  policy ? policy.fields.filter(({ schema }) => !schema.readOnly) : known;

function refuseUnderPolicy(known: readonly CustomField[], policy: ChosenFields, given: GivenValues): void {
  for (const name of Object.keys(given)) {
    const chosen = policy.fields.find((field) => field.name === name);
    if (chosen?.schema.readOnly) throw invalid(name, `is read-only by the path policy of "${policy.folderPath}".`);
    const isField = known.some((field) => field.name === name && field.deletedAt === undefined);
    if (!chosen && isField) {
      throw invalid(name, `is not a field of the path policy of "${policy.folderPath}", which has ${namesIn(policy)}.`);
    }
  }
}

/** What differs; null is the same as no value. */
const changesIn = (given: GivenValues, present: Values): GivenValues =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => !isDeepStrictEqual(value, Object.hasOwn(present, name) ? present[name] : null),
    ),
  );

/** A value that came into the folder with its file may be taken away, also where its field is not meant. */
const namesOfRemovals = (changes: GivenValues, { fields }: ChosenFields): string[] =>
  Object.keys(changes).filter((name) => changes[name] === null && !fields.some((field) => field.name === name));

const withoutNames = (given: GivenValues, names: readonly string[]): GivenValues =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));

const defaultsOf = ({ fields }: ChosenFields): Values =>
  Object.fromEntries(
    fields.flatMap(({ name, schema: { defaultValue } }) => (defaultValue === undefined ? [] : [[name, defaultValue]])),
  );

/** Fields that a message names before it says how many more there are. */
const NAMED = 10;

function namesIn({ fields }: ChosenFields): string {
  const named = fields.slice(0, NAMED).map(({ name }) => name);
  return named.join(', ') + (fields.length > NAMED ? ` and ${fields.length - NAMED} more` : '');
}

const invalid = (name: string, fault: string) =>
  problem('custom-metadata.invalid', `customMetadata.${name.slice(0, 60)} ${fault}`);
