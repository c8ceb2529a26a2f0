import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TEST_CREDENTIALS, TEST_REGION } from '../../test/adapters/library-fixture.ts';
import { libraryDeps } from '../../test/core/library/library-world.ts';
import { randomFrom } from '../random.ts';
import { delivered, filesBeside, folderOf, listed, PLACES } from './moving-folder.ts';

/*
 * Readers in a process of their own: they must not take the processor from the move. They look for files under both paths,
 * all the time, and write to standard output what they have seen when standard input ends.
 */
const [endpoint = '', files = '0', seed = '0'] = process.argv.slice(2);

const READERS = 4;

/** Milliseconds between two looks of one reader: a move waits for the table's server, too. */
const BETWEEN = 20;

/** Looks between two lists: a list of a folder is read in pages. */
const LIST_EVERY = 10;

const client = new DynamoDBClient({ endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
const { store } = libraryDeps({ client } as Parameters<typeof libraryDeps>[0]);
const random = randomFrom(Number(seed));
const wrong: string[] = [];
let looks = 0;
let lists = 0;
let hasEnded = false;

/**
 * Who does not find a file at the first path sees a time at which it is at the second one, unless it moves back between the two
 * looks: then it is at the first one again. Where the tree changed twice meanwhile, nothing follows.
 */
async function look(one: string, other: string): Promise<void> {
  const file = random(Number(files));
  const stamp = await store.stamp();
  const isSeen =
    (await delivered(store, one, file)) || (await delivered(store, other, file)) || (await delivered(store, one, file));
  if (!isSeen && (await store.stamp()) - stamp < 2) wrong.push(`file ${file} is nowhere`);
  looks++;
  if (looks % LIST_EVERY !== 0) return;
  const count = await listed(store, `${one}/${folderOf(file)}`);
  if (count !== undefined && count !== filesBeside(file, Number(files))) wrong.push(`${count} files of a folder`);
  lists++;
}

async function reader(number: number): Promise<void> {
  const [one, other] = number % 2 === 0 ? PLACES : ([PLACES[1], PLACES[0]] as const);
  while (!hasEnded) {
    await look(one, other);
    await pause(BETWEEN);
  }
}

const readers = Promise.all(Array.from({ length: READERS }, (_, number) => reader(number)));
process.stdout.write('reading\n');
process.stdin.resume();
await once(process.stdin, 'end');
hasEnded = true;
await readers;
process.stdout.write(`${JSON.stringify({ looks, lists, wrong: wrong.slice(0, 5) })}\n`);
client.destroy();
