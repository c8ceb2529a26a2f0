import { join } from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { TestProject } from 'vitest/node';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';
import { type Assembly, BACKUP_BUCKET, synthesize } from './assembly.ts';
import { REGION, rootClients } from './clients.ts';
import { type DeployedStack, deployStack } from './deploy.ts';
import { startMinistack } from './ministack.ts';

/** The deployment that every test file looks at. */
export interface Deployment {
  readonly endpoint: string;
  readonly assembly: Assembly;
  readonly region: DeployedStack;
  readonly edge: DeployedStack;
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
    const { folder, regionStack, edgeStack } = assembly;
    await makeBackupBucket(endpoint);
    const order = { assembly: folder, stack: regionStack, region: REGION };
    const region = await deployStack(order, rootClients(endpoint, REGION));
    const before = new Map([[regionStack, region.outputs]]);
    const edgeOrder = { assembly: folder, stack: edgeStack, region: EDGE_REGION, before };
    const edge = await deployStack(edgeOrder, rootClients(endpoint, EDGE_REGION));
    project.provide('deployment', { endpoint, assembly, region, edge });
  } catch (error) {
    const printed = log();
    await close();
    throw new Error(`${error instanceof Error ? error.message : error}\n${printed}`);
  }
  return close;
}

/** The customer has made it before. */
async function makeBackupBucket(endpoint: string): Promise<void> {
  const { s3 } = rootClients(endpoint, REGION);
  await s3.send(
    new CreateBucketCommand({ Bucket: BACKUP_BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: BACKUP_BUCKET, VersioningConfiguration }));
}
