import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startStreamMapping } from 'local-cloud/dynamodb';
import { expect } from 'vitest';
import { type LibraryFixture, startLibraryFixture } from '../test/adapters/library-fixture.ts';
import type { Proof } from './proof.ts';
import { waitUntil } from './wait-until.ts';

/** Writes under way at the same time. */
const AT_ONCE = 8;

/** Text of a record, about as long as a head with tags has. */
const DETAILS = 'x'.repeat(400);

/** Files after which the server of an empty library is no longer cold. */
const WARMED = 200;

/** What a file may cost in the large library, of what it costs in the empty one. */
const MOST = 1.2;

/** How often the comparison is made anew when it was above that. */
const MEASURED_AGAIN = 2;

/** Files loaded into the library's table on this machine, with its index, its expiry and its stream, which is read meanwhile. */
export const LARGE_LIBRARY: Proof<{ assets: number; compared: number; turn: number }> = {
  name: 'large-library',
  sentence:
    'A file costs the DynamoDB server of this machine no more than a fifth more in a large library than in an empty one, with a stream that is followed.',
  small: { assets: 2000, compared: 1500, turn: 50 },
  full: { assets: 100_000, compared: 10_000, turn: 1000 },
  async run({ assets, compared, turn }, _seed, report) {
    const [large, empty] = [await startLibrary(), await startLibrary()];
    try {
      for (let part = 1; part <= 10; part++) {
        await load(large, assets / 10);
        report(`${(part * assets) / 10} of ${assets} files`);
      }
      await load(empty, WARMED);
      let [inLarge, inEmpty] = await compare(large, empty, compared, turn);
      // What else the machine does can outweigh a short measurement; what a large library costs is there each time.
      for (let again = 0; again < MEASURED_AGAIN && inLarge >= inEmpty * MOST; again++) {
        [inLarge, inEmpty] = await compare(large, empty, compared, turn);
      }
      expect(inLarge, `microseconds a file; ${inEmpty} in the empty library`).toBeLessThan(inEmpty * MOST);
      for (const library of [large, empty]) {
        await waitUntil('every record was read', () => library.read >= library.files * RECORDS, 60);
      }
      return {
        files: large.files,
        'records of the stream': large.read,
        'microseconds a file in the empty library': Math.round(inEmpty),
        'microseconds a file in the large one': Math.round(inLarge),
        'megabytes on disk': Math.round(statSync(large.file).size / 1_000_000),
      };
    } finally {
      for (const library of [large, empty]) await library.end();
    }
  },
};

interface Library {
  readonly fixture: LibraryFixture;
  /** Of the server's data. */
  readonly file: string;
  /** Written so far. */
  files: number;
  /** Records of the stream. */
  read: number;
  readonly end: () => Promise<void>;
}

async function startLibrary(): Promise<Library> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-large-library-'));
  const file = join(folder, 'tables.sqlite');
  const fixture = await startLibraryFixture(file);
  const library: Library = {
    ...{ fixture, file, files: 0, read: 0 },
    end: async () => {
      follower.end();
      await fixture.close();
      rmSync(folder, { recursive: true });
    },
  };
  const follower = await follow(library);
  return library;
}

/** Records that a file makes. */
const RECORDS = 4;

/** Takes every record, and counts it. */
async function follow(library: Library) {
  const { openStream, table } = library.fixture;
  return startStreamMapping({
    stream: await openStream(),
    streamArn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${table}/stream/local`,
    ...{ region: 'eu-west-1', batchSize: 100, retries: 0 },
    invoke: async (event) => {
      library.read += (event as { Records: readonly unknown[] }).Records.length;
      return { payload: Buffer.from('null') };
    },
    giveUp: async (description) => expect(description, 'given up').toBeUndefined(),
    log: console.error,
  });
}

/** One write a file, with as many records as an upload writes. It measures the table, not the tokens that transactions leave. */
async function load(library: Library, count: number): Promise<void> {
  const { client: plain, table } = library.fixture;
  const client = DynamoDBDocumentClient.from(plain);
  const until = library.files + count;
  const worker = async (): Promise<void> => {
    while (library.files < until) {
      const index = library.files++;
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

/** Microseconds a file in each library, in turns, so that what else the machine does costs both the same. */
async function compare(large: Library, empty: Library, compared: number, turn: number): Promise<[number, number]> {
  const [inLarge, inEmpty]: [number[], number[]] = [[], []];
  for (let done = 0; done < compared; done += turn) {
    inLarge.push(await cost(large, turn));
    inEmpty.push(await cost(empty, turn));
  }
  return [median(inLarge), median(inEmpty)];
}

/** Microseconds a file that the server takes for some more files. */
async function cost(library: Library, count: number): Promise<number> {
  const before = processorTime(library);
  await load(library, count);
  return (processorTime(library) - before) / count;
}

/** Now and then the server writes what it has collected into its file, or a thread ends and takes its time along. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Microseconds of the server that keeps its data in a library's file: the first field of each thread's schedstat, in nanoseconds (proc(5)). */
function processorTime({ file }: Library): number {
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && commandOf(name).includes(file));
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map(
    (thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0],
  );
  return nanoseconds.reduce((sum, time) => sum + Number(time), 0) / 1000;
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
