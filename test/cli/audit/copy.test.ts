import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { audit } from '../../../cli/audit/audit.ts';
import { logMirror } from '../../../lambda/adapters/audit-bucket/log-mirror.ts';
import { sealStore } from '../../../lambda/adapters/audit-bucket/seal-store.ts';
import { type ChainedEvent, chainEvent, emptyChain, headAfter } from '../../../lambda/core/audit/event-chain.ts';
import { sealChains } from '../../../lambda/core/audit/seal-chains.ts';
import { jsonLine } from '../../../lambda/core/audit/told-event.ts';
import { type BucketFixture, startBucketFixture } from '../../adapters/bucket-fixture.ts';
import { someEvent } from '../../core/audit/told-events.ts';

/* The log against its copy: a real bucket with object lock, and what somebody did to a folder with its files. */
const BUCKET = 'audit-copy';
const START = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;
const CHAIN = '2026-07';
const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const folder = mkdtempSync(join(tmpdir(), 'audit-copy-'));
const copy = join(folder, 'copy');
const exported = join(folder, 'log.jsonl');
let buckets: BucketFixture;
const log: ChainedEvent[] = [];

const hourOf = (index: number) => START + index * HOUR;

/** Adds events to the chain, and to the mirror. */
async function happen(count: number): Promise<void> {
  const added = Array.from({ length: count }, () => {
    const last = log.at(-1);
    const event = { ...someEvent(), at: new Date(hourOf(log.length)).toISOString() };
    const chained = chainEvent(last ? headAfter(last) : emptyChain(CHAIN), event);
    log.push(chained);
    return chained;
  });
  await logMirror(buckets.client, BUCKET).addEvents(`batch-${log.length}`, hourOf(log.length), added);
}

const seal = () =>
  sealChains({
    events: { before: async (chain) => (chain === CHAIN ? log.slice(-1) : []), after: async () => [] },
    seals: sealStore(buckets.client, BUCKET),
    key: {
      sign: async (text) => sign('sha256', Buffer.from(text), keys.privateKey),
      publicKey: async () => keys.publicKey.export({ format: 'der', type: 'spki' }),
    },
    clock: () => hourOf(log.length),
  });

beforeAll(async () => {
  buckets = await startBucketFixture({ versioned: true, retention: { mode: 'GOVERNANCE', days: 1 } }, BUCKET);
  for (const [name, value] of Object.entries(buckets.environment)) vi.stubEnv(name, value);
  for (const count of [4, 3, 2]) {
    await happen(count);
    await seal();
  }
  await happen(1);
  writeFileSync(exported, log.map(jsonLine).join(''));
  for (const key of await buckets.keys(BUCKET)) {
    const { Body } = await buckets.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    mkdirSync(dirname(join(copy, key)), { recursive: true });
    writeFileSync(join(copy, key), (await Body?.transformToByteArray()) ?? '');
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await buckets.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<[code: number, text: string]> {
  let text = '';
  const code = await audit(['verify', ...args], (printed) => {
    text += printed;
  });
  return [code, text];
}

const WHOLE =
  '10 events in 1 chains are whole, and as they were mirrored.\n' +
  '3 seals hold, the last of 2026-06-01T09:00:00.000Z; 1 events came since.\n';

const sealFile = (number: number, kind: 'txt' | 'sig') => `seals/000000000/00000000000${number}.${kind}`;

/** A log that was changed. */
function logOf(events: readonly ChainedEvent[]): string {
  const file = join(folder, 'changed.jsonl');
  writeFileSync(file, events.map(jsonLine).join(''));
  return file;
}

/** A copy of the bucket's files that was changed. */
function copyOf(change: (path: (key: string) => string) => void): string {
  const changed = mkdtempSync(join(folder, 'copy-'));
  cpSync(copy, changed, { recursive: true });
  change((key) => join(changed, key));
  return changed;
}

/** Everything from a place on, made anew with another body there. */
function rehashed(from: number): ChainedEvent[] {
  const made = log.slice(0, from);
  for (const { body } of log.slice(from)) {
    const last = made.at(-1);
    const event = JSON.parse(body);
    const changed = made.length === from ? { ...event, requestId: 'another' } : event;
    made.push(chainEvent(last ? headAfter(last) : emptyChain(CHAIN), changed));
  }
  return made;
}

describe('vitrine audit verify with the copy', () => {
  it('finds all of it whole, in the bucket and in a folder', async () => {
    expect(await run('--file', exported, '--bucket', BUCKET)).toEqual([0, WHOLE]);
    expect(await run('--file', exported, '--copy', copy)).toEqual([0, WHOLE]);
  });

  it.each<[string, () => readonly ChainedEvent[], string[]]>([
    ['cut off before a seal', () => log.slice(0, 6), ['event 7 was the end of the chain', 'event 7 is in the mirror']],
    ['cut off after the last seal', () => log.slice(0, 9), ['event 10 is in the mirror, and gone']],
    ['made anew from an event on', () => rehashed(5), ['event 7 was the end', 'event 6 is another in the mirror']],
    ['edited', () => log.with(2, { ...(log[2] as ChainedEvent), body: '{"at":"x"}' }), ['event 3 is not what was']],
    [
      'made longer',
      () => [...log, chainEvent(headAfter(log[9] as ChainedEvent), { ...someEvent(), at: '2026-06-02T00:00:00.000Z' })],
      ['event 11 is not in the mirror'],
    ],
  ])('names the place in a log that was %s', async (_, change, expected) => {
    const [code, text] = await run('--file', logOf(change()), '--copy', copy);

    expect(code).toBe(1);
    for (const part of expected) expect(text).toContain(`${CHAIN}: ${part}`);
  });

  it('names events that no seal has although a later one was made', async () => {
    const changed = copyOf((path) => {
      const text = readFileSync(path(sealFile(2, 'txt')), 'utf8').replace('T07:', 'T20:');
      writeFileSync(path(sealFile(2, 'txt')), text);
      writeFileSync(path(sealFile(2, 'sig')), sign('sha256', Buffer.from(text), keys.privateKey));
      for (const kind of ['txt', 'sig'] as const) rmSync(path(sealFile(3, kind)));
    });

    expect(await run('--file', exported, '--copy', changed)).toEqual([
      1,
      `${CHAIN}: event 8 is older than the last seal, which leaves it out.\n`,
    ]);
  });

  it.each<[string, (path: (key: string) => string) => void, string]>([
    [
      'is edited',
      (path) => writeFileSync(path(sealFile(2, 'txt')), 'x'),
      'Seal 2 is not signed, or not what was signed.',
    ],
    ['has no signature', (path) => rmSync(path(sealFile(3, 'sig'))), 'Seal 3 is not signed, or not what was signed.'],
    ['is gone', (path) => rmSync(path(sealFile(2, 'txt'))), 'Seal 2 is missing.'],
    [
      'is signed by another key',
      (path) => {
        const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
        const signature = sign('sha256', readFileSync(path(sealFile(1, 'txt'))), other.privateKey);
        writeFileSync(path(sealFile(1, 'sig')), signature);
      },
      'Seal 1 is not signed, or not what was signed.',
    ],
    [
      'names another one before',
      (path) => {
        const text = readFileSync(path(sealFile(3, 'txt')), 'utf8').replace(/^[0-9a-f]{64}$/m, '0'.repeat(64));
        writeFileSync(path(sealFile(3, 'txt')), text);
        writeFileSync(path(sealFile(3, 'sig')), sign('sha256', Buffer.from(text), keys.privateKey));
      },
      'Seal 3 does not follow the one before it.',
    ],
    [
      'stands beside evidence',
      (path) => {
        mkdirSync(path('altered/2026-06-01'), { recursive: true });
        writeFileSync(path('altered/2026-06-01/1.jsonl'), '{}\n');
      },
      'Somebody changed or removed events of the table: altered/2026-06-01/1.jsonl.',
    ],
  ])('tells of a seal that %s', async (_, change, sentence) => {
    const [code, text] = await run('--file', exported, '--copy', copyOf(change));

    expect([code, text.split('\n')]).toEqual([1, expect.arrayContaining([sentence])]);
  });

  it('believes no key that it was not told of', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pem = join(folder, 'public.pem');
    writeFileSync(pem, keys.publicKey.export({ format: 'pem', type: 'spki' }));
    expect((await run('--file', exported, '--copy', copy, '--public-key', pem))[0]).toBe(0);

    writeFileSync(pem, other.publicKey.export({ format: 'pem', type: 'spki' }));
    expect((await run('--file', exported, '--copy', copy, '--public-key', pem))[1]).toContain('Seal 1 is not signed');
  });

  it('tells of a seal that was put again, and believes the first one', async () => {
    const Key = sealFile(1, 'txt');
    await buckets.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'something else' }));

    expect(await run('--file', exported, '--bucket', BUCKET)).toEqual([
      1,
      'Seal 1 was put again; the first one counts.\n',
    ]);
  });

  it.each([
    ['--bucket', 'no-such-bucket'],
    ['--copy', join(folder, 'nothing')],
  ])('says that %s cannot be read', async (...args) => {
    expect(await run('--file', exported, ...args)).toEqual([3, expect.stringContaining('cannot be read')]);
  });
});

/** The program of docs/audit.md, under its heading. */
const PROGRAM = /### Without Vitrine\n[\s\S]*?\n\n((?: {4}.*\n)+)/
  .exec(readFileSync(new URL('../../../docs/audit.md', import.meta.url), 'utf8'))?.[1]
  ?.replaceAll(/^ {4}/gm, '');

const hasTools = ['python3', 'openssl'].every((tool) => spawnSync(tool, ['version']).error === undefined);

describe.skipIf(!hasTools)('the recipe for people without our software', () => {
  /** Runs it beside the files that it names. @returns what it said, or undefined when it stopped */
  function recipe(changedCopy: string, file: string): string | undefined {
    const place = mkdtempSync(join(folder, 'recipe-'));
    cpSync(changedCopy, join(place, 'copy'), { recursive: true });
    cpSync(file, join(place, 'log.jsonl'));
    try {
      return execFileSync('python3', ['-c', PROGRAM ?? ''], { cwd: place, encoding: 'utf8', stdio: 'pipe' });
    } catch {
      return undefined;
    }
  }

  it('finds the log whole', () => {
    expect(recipe(copy, exported)).toContain('1 chains are whole');
  });

  it('stops at an edited event, at a cut, at a log made anew, and at a seal that is not signed', () => {
    expect(readdirSync(copy).sort()).toEqual(['events', 'keys', 'seals']);
    expect(recipe(copy, logOf(log.with(2, { ...(log[2] as ChainedEvent), body: '{}' })))).toBeUndefined();
    expect(recipe(copy, logOf(log.slice(0, 8)))).toBeUndefined();
    expect(recipe(copy, logOf(rehashed(4)))).toBeUndefined();
    const unsigned = copyOf((path) => writeFileSync(path(sealFile(2, 'sig')), 'x'));
    expect(recipe(unsigned, exported)).toBeUndefined();
  });
});
