import { problem } from './problems.ts';

/** A form's parameters with their values, as they were sent. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/**
 * The value of a parameter. It may be repeated with one value, as some SDKs do; otherwise it is open which one is meant.
 * @throws Problem upload.invalid-parameter
 */
export function formValue(fields: FormFields, name: string): string | undefined {
  const values = new Set(fields.get(name));
  if (values.size > 1) {
    throw problem('upload.invalid-parameter', `The parameter ${name} is given with different values.`);
  }
  const [value] = values;
  return value;
}
