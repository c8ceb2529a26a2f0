import type { FieldUnderPolicy } from './field-rules.ts';
import type { FolderFields } from './folder-fields.ts';

/** Options of a field that an answer about a file has (ImageKit, "Upload file", `selectedFieldsSchema`). */
const OPTIONS = 100;

/** A field's schema as an answer about a file has it. */
export type SelectedField = FieldUnderPolicy['schema'] & {
  /** There are more options than these. */
  readonly selectOptionsTruncated?: true;
};

/** The fields that a path policy chose for a folder, by their names; undefined where none holds. */
export function selectedFieldsSchema({ policy }: FolderFields): Readonly<Record<string, SelectedField>> | undefined {
  return policy && Object.fromEntries(policy.fields.map(({ name, schema }) => [name, selected(schema)]));
}

function selected(schema: FieldUnderPolicy['schema']): SelectedField {
  const { selectOptions = [] } = schema;
  if (selectOptions.length <= OPTIONS) return schema;
  return { ...schema, selectOptions: selectOptions.slice(0, OPTIONS), selectOptionsTruncated: true };
}
