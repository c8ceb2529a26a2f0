import { spawnSync } from 'node:child_process';
import { readConfig } from '../lib/config/config.ts';
import { noteDeployed, PROJECT_ROOT, projectContext } from '../lib/vitrine-context.ts';

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

const status = deploy();
process.exitCode = status === 0 && isFirst() ? deploy() : status;
