import { join } from 'node:path';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { TestProject } from 'vitest/node';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';
import { type Assembly, COPIES, synthesize } from './assembly.ts';
import { makeBucket, type PlacedBucket } from './buckets.ts';
import { rootClients } from './clients.ts';
import { assetBucketName, type DeployedStack, deployStack } from './deploy.ts';
import { startMinistack } from './ministack.ts';

/** The deployment that every test file looks at. */
export interface Deployment {
  readonly endpoint: string;
  readonly assembly: Assembly;
  /** The home region. */
  readonly region: DeployedStack;
  readonly away: DeployedStack;
  readonly edge: DeployedStack;
  /** These and all others. */
  readonly stacks: readonly DeployedStack[];
}

declare module 'vitest' {
  interface ProvidedContext {
    deployment: Deployment;
  }
}

const CACHE = join(PROJECT_ROOT, '.cache/emulator');

/** Makes it once, before the first file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const assembly = synthesize(join(CACHE, 'assembly'));
  const { endpoint, log, close } = await startMinistack(join(CACHE, 'python'));
  try {
    for (const copy of Object.values(COPIES)) await makeBackupBucket(endpoint, copy);
    const made = await deployStacks(endpoint, assembly);
    const of = (stack: string) => {
      const found = made.get(stack);
      if (!found) throw new Error(`The stack ${stack} is not in the assembly.`);
      return found;
    };
    project.provide('deployment', {
      ...{ endpoint, assembly, stacks: [...made.values()] },
      ...{ region: of(assembly.regionStack), away: of(assembly.awayStack), edge: of(assembly.edgeStack) },
    });
  } catch (error) {
    const printed = log();
    await close();
    throw new Error(`${error instanceof Error ? error.message : error}\n${printed}`);
  }
  return close;
}

/** @returns what was made, by the names of the stacks */
async function deployStacks(endpoint: string, { folder, stacks }: Assembly): Promise<Map<string, DeployedStack>> {
  for (const region of new Set(stacks.map((one) => one.region))) {
    await makeBucket(assetBucketName(region), region, rootClients(endpoint, region));
  }
  const made = new Map<string, DeployedStack>();
  for (const { stack, region } of stacks) {
    const order = { assembly: folder, stack, region, before: made };
    made.set(stack, await deployStack(order, rootClients(endpoint, region)));
  }
  return made;
}

/** The customer has made it before. */
async function makeBackupBucket(endpoint: string, { Bucket, at }: PlacedBucket): Promise<void> {
  const clients = rootClients(endpoint, at);
  await makeBucket(Bucket, at, clients);
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await clients.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}
