/** A value of a custom metadata field. */
export type MetadataValue = string | number | boolean | readonly (string | number | boolean)[];
