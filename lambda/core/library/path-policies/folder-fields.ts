import type { CustomField } from '../custom-fields/custom-field.ts';
import type { FieldsOf } from '../custom-fields/known-fields.ts';
import type { FieldUnderPolicy } from './field-rules.ts';
import { fieldsUnder } from './field-rules.ts';
import type { PoliciesOf } from './known-policies.ts';
import type { PathPolicy } from './path-policy.ts';
import { nearestPolicy } from './path-policy.ts';

/** The custom metadata fields by which the values of files in a folder are checked. */
export interface FolderFields {
  /** Every field of the account, deleted ones included, with its own schema. */
  readonly known: readonly CustomField[];
  /** Undefined where no path policy holds: every field is meant, as it is. */
  readonly policy?: ChosenFields;
}

/** What a path policy makes of the fields. */
export interface ChosenFields {
  /** Of the policy; it is the folder in question, or one above. */
  readonly folderPath: string;
  /** In the policy's order and with its rules. */
  readonly fields: readonly FieldUnderPolicy[];
}

/**
 * The fields of a folder.
 * @param folderPath canonical; the folder need not exist
 * @param names of fields that values are given of
 */
export type FieldsIn = (folderPath: string, names: readonly string[]) => Promise<FolderFields>;

/** Every way in which a file gets values asks here, so that all of them are held to the same policy. */
export const fieldsByFolder =
  (fieldsOf: FieldsOf, policiesOf: PoliciesOf): FieldsIn =>
  async (folderPath, names) => {
    const [known, policies] = await Promise.all([fieldsOf(names), policiesOf()]);
    return folderFields(known, policies, folderPath);
  };

export function folderFields(
  known: readonly CustomField[],
  policies: readonly PathPolicy[],
  folderPath: string,
): FolderFields {
  const policy = nearestPolicy(policies, folderPath);
  if (!policy) return { known };
  const live = known.filter(({ deletedAt }) => deletedAt === undefined);
  return { known, policy: { folderPath: policy.folderPath, fields: fieldsUnder(policy, live) } };
}
