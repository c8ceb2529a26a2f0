import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startStreamMapping } from 'local-cloud/dynamodb';
import { expect } from 'vitest';
import { startLibraryFixture } from '../test/adapters/library-fixture.ts';
import type { Proof } from './proof.ts';
import { waitUntil } from './wait-until.ts';

/** Writes under way at the same time. */
const AT_ONCE = 8;

/** Text of a record, about as long as a head with tags has. */
const DETAILS = 'x'.repeat(400);

/** Files loaded into the library's table on this machine, with its index, its expiry and its stream, which is read meanwhile. */
export const LARGE_LIBRARY: Proof<{ assets: number; percent: number }> = {
  name: 'large-library',
  sentence:
    'A file costs the DynamoDB server of this machine no more than a fifth more in a large library than in an empty one, with a stream that is followed.',
  // A tenth of the small size takes 300 ms, told in ticks of 10: what grows with the library would be several times dearer all the same.
  small: { assets: 2000, percent: 150 },
  full: { assets: 100_000, percent: 120 },
  async run({ assets, percent }, _seed, report) {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-large-library-'));
    const file = join(folder, 'tables.sqlite');
    const fixture = await startLibraryFixture(file);
    const followed = { records: 0 };
    const follower = await follow(fixture, followed);
    try {
      const tenth = assets / 10;
      const costs: number[] = [];
      for (let part = 0; part < 10; part++) {
        const before = serverMilliseconds(file);
        await load(fixture, part * tenth, tenth);
        costs.push((serverMilliseconds(file) - before) / tenth);
        report(`${(part + 1) * tenth} of ${assets} files, ${costs.at(-1)?.toFixed(2)} ms of processor time each`);
      }
      const [first = 0, last = 0] = [costs[0], costs.at(-1)];
      expect(last, `milliseconds a file, ${costs.map((cost) => cost.toFixed(2)).join(', ')}`).toBeLessThan(
        (first * percent) / 100,
      );
      await waitUntil('every record was read', () => followed.records >= assets * RECORDS, 60);
      return {
        files: assets,
        'records of the stream': followed.records,
        'microseconds a file in the first tenth': Math.round(first * 1000),
        'microseconds a file in the last tenth': Math.round(last * 1000),
        'megabytes on disk': Math.round(statSync(file).size / 1_000_000),
      };
    } finally {
      follower.end();
      await fixture.close();
      rmSync(folder, { recursive: true });
    }
  },
};

type Fixture = Awaited<ReturnType<typeof startLibraryFixture>>;

/** Records that a file makes. */
const RECORDS = 4;

/** Takes every record, and counts it. */
async function follow({ openStream, table }: Fixture, followed: { records: number }) {
  return startStreamMapping({
    stream: await openStream(),
    streamArn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${table}/stream/local`,
    ...{ region: 'eu-west-1', batchSize: 100, retries: 0 },
    invoke: async (event) => {
      followed.records += (event as { Records: readonly unknown[] }).Records.length;
      return { payload: Buffer.from('null') };
    },
    giveUp: async (description) => expect(description, 'given up').toBeUndefined(),
    log: console.error,
  });
}

/** One write a file, with as many records as an upload writes. It measures the table, not the tokens that transactions leave. */
async function load({ client: plain, table }: Fixture, from: number, count: number): Promise<void> {
  const client = DynamoDBDocumentClient.from(plain);
  let next = from;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < from + count; index = next++) {
      const id = String(index).padStart(8, '0');
      const Put = (pk: string, sk: string, more: object) => ({ PutRequest: { Item: { pk, sk, ...more } } });
      const records = [
        Put(`in#${index % 100}`, `f#${id}`, { assetId: id }),
        Put(`a#${id}`, 'head', { details: DETAILS, gsi1pk: `name#${index % 100}`, gsi1sk: id }),
        Put(`h#${id}`, `v#${id}`, { details: DETAILS }),
        Put(`outbox#${index % 10}`, id, { effects: [] }),
      ];
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: records } }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Processor time of the server that keeps its data in a file: fields 14 and 15 of /proc/<pid>/stat, in ticks of 10 ms. */
function serverMilliseconds(file: string): number {
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && commandOf(name).includes(file));
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 13).reduce((sum, ticks) => sum + Number(ticks), 0) * 10;
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
