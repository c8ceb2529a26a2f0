import { readFileSync } from 'node:fs';
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
  const { context } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'cdk.json'), 'utf8'));
  return { ...context, [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true, [PATH_METADATA_ENABLE_CONTEXT]: true };
}
