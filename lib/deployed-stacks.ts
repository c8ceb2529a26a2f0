import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEPLOYED_CONTEXT_KEY } from './vitrine-context.ts';

/** Where the CDK keeps what it learned; it belongs into version control (AWS CDK, "Context values and the AWS CDK"). */
const FILE = 'cdk.context.json';

/**
 * Notes stacks as deployed.
 * @returns whether one of them was not noted before; the next deployment then protects its tables
 */
export function noteDeployed(root: string, stacks: readonly string[]): boolean {
  const file = join(root, FILE);
  const context = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const before: readonly string[] = context[DEPLOYED_CONTEXT_KEY] ?? [];
  const after = [...new Set([...before, ...stacks])].sort();
  if (after.length === before.length) return false;
  writeFileSync(file, `${JSON.stringify({ ...context, [DEPLOYED_CONTEXT_KEY]: after }, null, 2)}\n`);
  return true;
}
