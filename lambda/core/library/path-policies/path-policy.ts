import type { MetadataValue } from '../store/metadata-value.ts';

/** What a policy says of one custom metadata field; what it does not say, the field's own schema does. */
export interface FieldRule {
  /** Of a field that is not deleted. */
  readonly name: string;
  readonly isValueRequired?: boolean | undefined;
  /** Nobody but the default gives a value. */
  readonly readOnly?: boolean | undefined;
  /** What a new file has when nothing is given. */
  readonly defaultValue?: MetadataValue | undefined;
}

/** Which custom metadata fields the files of a folder and below may have, and how, up to a folder with a policy of its own (ImageKit, "Path policy"). */
export interface PathPolicy {
  /** 24 hexadecimal characters. */
  readonly id: string;
  readonly name: string;
  /** In canonical form; no two policies have the same. A folder that is moved leaves it behind. */
  readonly folderPath: string;
  /** In the order in which they are shown. */
  readonly fields: readonly FieldRule[];
  /** ISO 8601, as `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The policy that holds in a folder: its own, or that of the nearest folder above. */
export function nearestPolicy(policies: readonly PathPolicy[], folderPath: string): PathPolicy | undefined {
  const holding = policies.filter((one) => one.folderPath === '/' || `${folderPath}/`.startsWith(`${one.folderPath}/`));
  return holding.toSorted((one, other) => other.folderPath.length - one.folderPath.length)[0];
}
