import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startS3Server } from 'local-cloud/s3';
import { originalWriter } from '../../../../lambda/adapters/originals-bucket/original-writer.lean.ts';
import { originalsBucket } from '../../../../lambda/adapters/originals-bucket/originals-bucket.ts';
import { storedVariants } from '../../../../lambda/adapters/variants-bucket/stored-variants.ts';
import { ENGINE_VERSION } from '../../../../lambda/contract/engine-version.ts';
import { sha256Hex } from '../../../../lambda/core/kernel/sha256.ts';
import type { Originals } from '../../../../lambda/core/library/originals.ts';
import { assetPrefix } from '../../../../lambda/core/request/variant-key.ts';
import { carryOutEffects } from '../../../../lambda/handlers/composition/carry-out.ts';
import { TEST_CREDENTIALS, TEST_REGION, testEnvironment } from '../../../adapters/library-fixture.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import type { WorkToKill } from './work-to-kill.ts';

export const ORIGINALS = 'originals';
export const VARIANTS = 'variants';

const PROGRAM = new URL('./work-to-kill.ts', import.meta.url).pathname;

/** A library whose bytes and pictures are in real buckets, those of the bytes with versions, and processes that work on it until they are killed. */
export interface KilledWork {
  readonly world: LibraryWorld;
  readonly client: S3Client;
  readonly originals: Originals;
  /** Of who comes after them. */
  readonly deps: WorldDeps;
  /** A file of two versions, each stored twice, and a picture that was made of it. */
  put(path: string): Promise<void>;
  /** Keys of all versions and marks of deletion, as S3 lists them, each once. */
  storedKeys(bucket: string): Promise<string[]>;
  /** Keys of the versions that files have. */
  namedKeys(): Promise<string[]>;
  /** @returns whether the work came to its end before it was to be killed */
  killedAt(work: Pick<WorkToKill, 'work' | 'from' | 'to' | 'id' | 'writes'>): Promise<boolean>;
  close(): Promise<void>;
}

export async function startKilledWork(): Promise<KilledWork> {
  const world = await startLibraryWorld();
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-killed-work-'));
  const principals = [{ ...TEST_CREDENTIALS, access: 'all' as const }];
  const server = await startS3Server({ folder: join(folder, 's3'), region: TEST_REGION, principals });
  for (const name of [ORIGINALS, VARIANTS]) {
    server.ensureBucket({ name, versioned: name === ORIGINALS, eventBridge: false });
  }
  const client = new S3Client({ endpoint: server.endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  const originals = {
    ...originalsBucket(client, ORIGINALS),
    write: originalWriter(testEnvironment({ S3: server.endpoint }), ORIGINALS),
  };
  const where = { dynamodb: world.endpoint, s3: server.endpoint };
  return {
    world,
    client,
    originals,
    deps: { ...world.deps, objects: originals, ...removalOf(client, originals) },
    put: async (path) => {
      for (const text of ['one', 'two']) {
        const { head } = await world.upload(path, text);
        for (let generation = 0; generation < 2; generation++) await originals.write(head, Buffer.from(text));
      }
      const Key = `${storedPrefix(path)}open/picture.plain`;
      await client.send(new PutObjectCommand({ Bucket: VARIANTS, Key, Body: 'picture' }));
    },
    storedKeys: (bucket) => storedKeys(client, bucket),
    namedKeys: () => namedKeys(world),
    killedAt: (work) =>
      killed({ ...where, originals: ORIGINALS, variants: VARIANTS, ...work }, join(folder, 'compiled')),
    close: async () => {
      client.destroy();
      await server.close();
      await world.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const storedPrefix = (path: string): string => assetPrefix(path, ENGINE_VERSION, sha256Hex).slice(1);

function removalOf(client: S3Client, originals: WorldDeps['objects']): Pick<WorldDeps, 'cleaning' | 'carryOut'> {
  const stored = storedVariants(client, VARIANTS);
  const removePaths = async (paths: readonly string[]): Promise<string[]> => {
    for (const path of paths) await stored.removeWithPrefix(storedPrefix(path));
    return [];
  };
  const nowhere = async () => '';
  return {
    cleaning: {
      removeInFolder: (_, paths) => removePaths(paths),
      tellOfFolder: async () => [],
      areComplete: async () => true,
    },
    carryOut: carryOutEffects({ removePaths }, originals, nowhere, async () => undefined),
  };
}

async function storedKeys(client: S3Client, bucket: string): Promise<string[]> {
  const answer = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  if (answer.IsTruncated) throw new Error('There are too many objects for one list.');
  const { Versions = [], DeleteMarkers = [] } = answer;
  return [...new Set([...Versions, ...DeleteMarkers].map(({ Key = '' }) => Key))].sort();
}

async function namedKeys(world: LibraryWorld): Promise<string[]> {
  const items = await world.items();
  const histories = items
    .filter(({ pk, sk }) => String(pk).startsWith('a#') && sk === 'head')
    .flatMap((head) => (head.histories as { readonly id: string }[]).map(({ id }) => `h#${id}`));
  const versions = items.filter(({ pk, sk }) => String(sk).startsWith('v#') && histories.includes(String(pk)));
  return versions.map(({ objectKey }) => String(objectKey)).sort();
}

/** @param compiled folder in which each process leaves its compiled modules to the next one */
async function killed(work: WorkToKill, compiled: string): Promise<boolean> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL' && printed.stdout !== 'done') throw new Error(printed.stderr);
  return signal !== 'SIGKILL';
}
