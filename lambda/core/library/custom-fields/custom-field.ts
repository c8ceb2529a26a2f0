import type { MetadataValue } from '../store/metadata-value.ts';

/** Types of custom metadata fields (ImageKit, "Custom metadata fields"). */
export const FIELD_TYPES = ['Text', 'Textarea', 'Number', 'Date', 'Boolean', 'SingleSelect', 'MultiSelect'] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

export type SelectOption = string | number | boolean;

/** What values a field takes. Which members there may be depends on the type. */
export interface FieldSchema {
  readonly type: FieldType;
  readonly selectOptions?: readonly SelectOption[] | undefined;
  /** Of Text and Textarea, in characters. */
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  /** Numbers, or moments for a Date. */
  readonly minValue?: string | number | undefined;
  readonly maxValue?: string | number | undefined;
  readonly isValueRequired?: boolean | undefined;
  /** What a new file has when nothing is given. */
  readonly defaultValue?: MetadataValue | undefined;
}

/** A field that files may have a value of. Its type and name never change: values are kept under the name. */
export interface CustomField {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly schema: FieldSchema;
  readonly description?: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. A deleted field keeps its name, so that old values never turn up under a new field. */
  readonly deletedAt?: string;
}
