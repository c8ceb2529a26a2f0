import type { CustomField } from './custom-field.ts';
import type { FieldStore } from './field-store.ts';

/** The fields by which values with these names are checked. */
export type FieldsOf = (names: readonly string[]) => Promise<readonly CustomField[]>;

/** Milliseconds for which fields are remembered: an upload need not ask for what hardly ever changes. */
const REMEMBERED = 5_000;

/** Remembers the fields. A name that is not among them is looked for anew, so that a new field can be used at once. */
export function knownFields({ read }: Pick<FieldStore, 'read'>, clock: () => number = Date.now): FieldsOf {
  let known: readonly CustomField[] = [];
  let knownAt = Number.NEGATIVE_INFINITY;
  return async (names) => {
    const isRecent = clock() - knownAt < REMEMBERED;
    const hasAll = names.every((name) => known.some((field) => field.name === name));
    if (isRecent && hasAll) return known;
    known = (await read()).fields;
    knownAt = clock();
    return known;
  };
}
