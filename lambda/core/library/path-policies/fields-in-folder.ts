import type { CustomField } from '../custom-fields/custom-field.ts';
import type { PolicyAgainst, PolicyWith } from '../custom-fields/manage-fields.ts';
import type { FieldUnderPolicy } from './field-rules.ts';
import { fitsRule } from './field-rules.ts';
import { folderFields } from './folder-fields.ts';
import type { ManagePathPoliciesDeps } from './manage-path-policies.ts';

/** The custom metadata fields that are meant in a folder: those of its policy, or all of them. @param folderPath canonical */
export async function fieldsInFolder(
  { pathPolicies, fields }: Pick<ManagePathPoliciesDeps, 'pathPolicies' | 'fields'>,
  folderPath: string,
): Promise<readonly FieldUnderPolicy[]> {
  const [{ policies }, stored] = await Promise.all([pathPolicies.read(), fields.read()]);
  const { known, policy } = folderFields(stored.fields, policies, folderPath);
  return policy?.fields ?? known.filter(isLive);
}

const isLive = ({ deletedAt }: CustomField): boolean => deletedAt === undefined;

/** What keeps a field from being deleted. */
export const policyWith =
  ({ pathPolicies }: Pick<ManagePathPoliciesDeps, 'pathPolicies'>): PolicyWith =>
  async (name) =>
    (await pathPolicies.read()).policies.find(({ fields }) => fields.some((one) => one.name === name))?.folderPath;

/** What keeps a field from becoming something else. */
export const policyAgainst =
  ({ pathPolicies }: Pick<ManagePathPoliciesDeps, 'pathPolicies'>): PolicyAgainst =>
  async (field) => {
    const { policies } = await pathPolicies.read();
    const against = policies.find(({ fields }) => fields.some((rule) => !fitsRule(rule, field)));
    return against?.folderPath;
  };
