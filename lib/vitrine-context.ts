import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT, PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';

/** The repository. */
export const PROJECT_ROOT = join(import.meta.dirname, '..');

/** Context key, in cdk.context.json, of the names of stacks that were deployed before. */
export const DEPLOYED_CONTEXT_KEY = 'vitrine:deployed';

/**
 * cdk.json's context, for runs without the CLI, which would pass it on; and what the CLI itself sets in every run. The
 * local cloud finds function code by the asset metadata.
 */
export function projectContext(): Record<string, unknown> {
  return { ...contextFile(), [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true, [PATH_METADATA_ENABLE_CONTEXT]: true };
}

/** The CDK's feature flags of cdk.json (AWS CDK, "Feature flags"). */
export function featureFlags(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(contextFile()).filter(([key]) => key.startsWith('@aws-cdk')));
}

const contextFile = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(PROJECT_ROOT, 'cdk.json'), 'utf8')).context;

/** Where the CDK keeps what it learned; it belongs into version control (AWS CDK, "Context values and the AWS CDK"). */
const KEPT_CONTEXT_FILE = 'cdk.context.json';

/**
 * Notes stacks as deployed.
 * @returns whether one of them was not noted before; the next deployment then protects its tables
 */
export function noteDeployed(root: string, stacks: readonly string[]): boolean {
  const file = join(root, KEPT_CONTEXT_FILE);
  const context = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const before: readonly string[] = context[DEPLOYED_CONTEXT_KEY] ?? [];
  const after = [...new Set([...before, ...stacks])].sort();
  if (after.length === before.length) return false;
  writeFileSync(file, `${JSON.stringify({ ...context, [DEPLOYED_CONTEXT_KEY]: after }, null, 2)}\n`);
  return true;
}
