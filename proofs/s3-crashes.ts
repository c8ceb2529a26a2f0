import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { OWNER, REGION } from '../packages/local-cloud/test/services/s3/principals.ts';
import type { Proof, Report } from './proof.ts';
import { type Random, randomFrom } from './random.ts';
import { waitUntil } from './wait-until.ts';

const Bucket = 'crash';
const WRITERS = 6;

interface RunningServer {
  readonly client: S3Client;
  /** Keys whose events have arrived. */
  readonly events: Set<string>;
  readonly kill: () => Promise<void>;
}

/** Digests by key. */
type Objects = Map<string, string>;

/** The local S3 in a process of its own, killed in the middle of writes. */
export const S3_CRASHES: Proof<{ kills: number; acknowledgements: number }> = {
  name: 's3-crashes',
  sentence: 'The local S3 loses no acknowledged object and no event of one when it is killed in the middle of writes.',
  small: { kills: 3, acknowledgements: 20 },
  full: { kills: 100, acknowledgements: 20 },
  async run({ kills, acknowledgements }, seed, report) {
    const random = randomFrom(seed);
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-s3-crashes-'));
    const acknowledged: Objects = new Map();
    for (let kill = 1; kill <= kills; kill++) {
      const before = acknowledged.size;
      await writeUntilKilled(folder, kill, acknowledgements + random(40), random, acknowledged);
      expect(acknowledged.size - before, 'acknowledgements before the kill').toBeGreaterThanOrEqual(acknowledgements);
      report(`${kill} of ${kills} kills, ${acknowledged.size} acknowledged`);
    }
    const stored = await expectAllThere(folder, acknowledged, report);
    await rm(folder, { recursive: true, force: true });
    return { kills, acknowledged: acknowledged.size, lost: 0, stored, 'events missing': 0 };
  },
};

/** Writes until so many are acknowledged, and a few milliseconds more, when the server is killed. */
async function writeUntilKilled(folder: string, round: number, enough: number, random: Random, acknowledged: Objects) {
  const { client, kill } = await startServer(folder, 'without-events');
  const wanted = acknowledged.size + enough;
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(client, `${round}-${writer}`, acknowledged));
  try {
    await waitUntil(`${enough} writes are acknowledged`, () => acknowledged.size >= wanted, 60);
    await pause(random(20));
  } finally {
    await kill();
  }
  await Promise.all(writers);
  client.destroy();
}

/** Writes until the server is gone; puts what was acknowledged into the map. */
async function write(client: S3Client, writer: string, acknowledged: Objects): Promise<void> {
  for (let index = 0; ; index++) {
    const Body = Buffer.alloc(20_000 + index, `${writer}/${index} `);
    const Key = `${writer}/${index}`;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    } catch {
      return;
    }
    acknowledged.set(Key, md5(Body));
  }
}

/** Starts the server again and reads everything. @returns how many objects there are */
async function expectAllThere(folder: string, acknowledged: Objects, report: Report): Promise<number> {
  const { client, events, kill } = await startServer(folder, 'with-events');
  try {
    const stored = await readAll(client, report);
    for (const [key, digest] of acknowledged) expect([key, stored.get(key)]).toEqual([key, digest]);
    await waitUntil('every object has its event', () => [...stored.keys()].every((key) => events.has(key)), 60);
    expect(await readdir(join(folder, 'tmp')), 'files that no write finished').toEqual([]);
    expect(await readdir(join(folder, 'blobs')), 'files of the objects').toHaveLength(stored.size);
    return stored.size;
  } finally {
    await kill();
    client.destroy();
  }
}

/** Every object with the digest of its bytes, which its ETag must be. */
async function readAll(client: S3Client, report: Report): Promise<Objects> {
  const stored: Objects = new Map();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const { Key = '', ETag } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const digest = md5(Buffer.from((await Body?.transformToByteArray()) ?? []));
      expect(`"${digest}"`).toBe(ETag);
      stored.set(Key, digest);
      report(`${stored.size} objects read`);
    }
  }
  return stored;
}

async function startServer(folder: string, mode: 'with-events' | 'without-events'): Promise<RunningServer> {
  const script = join(import.meta.dirname, 's3-server-to-kill.ts');
  const child = spawn(process.execPath, [script, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  const events = new Set<string>();
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The server ended before it listened.')));
    createInterface(child.stdout).on('line', (line) => {
      const [word, ...rest] = line.split(' ');
      if (word === 'listening') resolve(rest.join(' '));
      else events.add(rest.join(' '));
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const client = new S3Client({ endpoint, region: REGION, credentials: OWNER, maxAttempts: 1 });
  return { client, events, kill };
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
