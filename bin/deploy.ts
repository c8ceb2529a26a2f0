import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { readConfig } from '../lib/config/config.ts';
import { noteDeployed, PROJECT_ROOT, projectContext } from '../lib/vitrine-context.ts';
import { chooseVisibility } from './choose-visibility.ts';

/** Deploys every stack, with the arguments that were given. @returns the exit code of the CDK CLI */
function deploy(): number {
  const { status } = spawnSync('cdk', ['deploy', '--all', ...process.argv.slice(2)], { stdio: 'inherit' });
  return status ?? 1;
}

/** The first deployment of a stack leaves its tables unprotected, so that it can be taken back; the second protects them. */
function isFirst(): boolean {
  const { name, regions } = readConfig(projectContext().vitrine);
  const stacks = regions.map((region) => `${name}-${region}`);
  return noteDeployed(PROJECT_ROOT, stacks);
}

/** What an owner has not decided yet is asked, if somebody is there to answer. */
async function askOwner(): Promise<void> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const lines = isTerminal ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  await chooseVisibility(join(PROJECT_ROOT, 'cdk.json'), lines && ((question) => lines.question(question)));
  lines?.close();
}

await askOwner();
const status = deploy();
process.exitCode = status === 0 && isFirst() ? deploy() : status;
