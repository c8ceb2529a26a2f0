import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, it } from 'vitest';
import { clientOf, md5, OWNER } from './s3-fixture.ts';

const Bucket = 'crash';
const WRITERS = 6;
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface RunningServer {
  readonly client: S3Client;
  readonly events: Set<string>;
  readonly kill: () => Promise<void>;
}

async function startChild(folder: string, mode: 'with-events' | 'without-events'): Promise<RunningServer> {
  const script = new URL('./crash-server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const events = new Set<string>();
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The server ended before it listened')));
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
  return { client: clientOf(endpoint, OWNER), events, kill };
}

/** Writes until the server is gone; puts what was acknowledged into the map. */
async function write(client: S3Client, writer: string, acknowledged: Map<string, string>): Promise<void> {
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

it('loses no acknowledged object and no event when it is killed while writing', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-cloud-s3-crash-'));
  const acknowledged = new Map<string, string>();
  for (const round of [1, 2, 3]) {
    const { client, kill } = await startChild(folder, 'without-events');
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(client, `${round}-${writer}`, acknowledged));
    await pause(300);
    await kill();
    await Promise.all(writers);
  }

  const { client, events, kill } = await startChild(folder, 'with-events');
  const stored = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const { Key = '', ETag } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const digest = md5(Buffer.from((await Body?.transformToByteArray()) ?? []));
      expect(`"${digest}"`).toBe(ETag);
      stored.set(Key, digest);
    }
  }

  expect(acknowledged.size).toBeGreaterThan(WRITERS);
  for (const [key, digest] of acknowledged) expect([key, stored.get(key)]).toEqual([key, digest]);
  await expect.poll(() => [...stored.keys()].filter((key) => !events.has(key)), { timeout: 10_000 }).toEqual([]);
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  expect(await readdir(join(folder, 'blobs'))).toHaveLength(stored.size);
  await kill();
  await rm(folder, { recursive: true, force: true });
});
