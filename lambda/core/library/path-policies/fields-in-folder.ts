import type { PolicyWith } from '../custom-fields/manage-fields.ts';
import type { FieldUnderPolicy } from './field-rules.ts';
import { fieldsUnder } from './field-rules.ts';
import type { ManagePathPoliciesDeps } from './manage-path-policies.ts';
import { nearestPolicy } from './path-policy.ts';

/** The custom metadata fields that are meant in a folder: those of its policy, or all of them. @param folderPath canonical */
export async function fieldsInFolder(
  { pathPolicies, fields }: Pick<ManagePathPoliciesDeps, 'pathPolicies' | 'fields'>,
  folderPath: string,
): Promise<readonly FieldUnderPolicy[]> {
  const [{ policies }, known] = await Promise.all([pathPolicies.read(), fields.read()]);
  const live = known.fields.filter(({ deletedAt }) => deletedAt === undefined);
  const policy = nearestPolicy(policies, folderPath);
  return policy ? fieldsUnder(policy, live) : live;
}

/** What keeps a field from being deleted. */
export const policyWith =
  ({ pathPolicies }: Pick<ManagePathPoliciesDeps, 'pathPolicies'>): PolicyWith =>
  async (name) =>
    (await pathPolicies.read()).policies.find(({ fields }) => fields.some((one) => one.name === name))?.folderPath;
