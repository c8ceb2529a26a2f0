import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from 'local-cloud/dynamodb';
import { startS3Server } from 'local-cloud/s3';
import { toEvent } from '../../lambda/adapters/audit-table/audit-chains.ts';
import type { AuditEvent } from '../../lambda/core/audit/event.ts';
import { firstBreak } from '../../lambda/core/audit/event-chain.ts';
import type { Counts } from '../proof.ts';
import { countsOf, possibleCounts, type Told } from './event-counts.ts';
import type { OwningClient } from './owning-client.ts';
import type { WorldState } from './world-state.ts';
import { isSameWorld, readWorld } from './world-state.ts';

type Item = Record<string, unknown>;

const CREDENTIALS = { accessKeyId: 'AKIAPROOFPROOFPROOFP', secretAccessKey: 'proof' };
const REGION = 'eu-central-1';

/** Pictures that the product puts into a new library. */
const SAMPLES = '/samples/';

/** Holds what an ended product has stored to the models, read without it: records, bytes and events. */
export async function expectStored(state: string, owners: readonly OwningClient[]): Promise<Counts> {
  const items = await readItems(join(state, 'data', 'dynamodb.sqlite'));
  const objects = await readOriginals(join(state, 'data', 's3'));
  const world = await readWorld({ items: async () => items, objects });
  const told = owners.map((owner) => expectOwned(owner, world));
  const events = expectEvents(
    items.filter(({ prev, hash, body }) => [prev, hash, body].every(isText)),
    told,
  );
  const named = new Set(items.map(({ objectKey }) => objectKey));
  const unnamed = [...objects.keys()].filter((key) => !named.has(key)).length;
  return { 'originals read': objects.size, 'originals that nothing names': unnamed, events };
}

const isText = (value: unknown): boolean => typeof value === 'string';

/**
 * @returns of each possible world that is stored, the events that the client's changes have: a call that nobody answered and that was made
 * again leaves the same behind whether it happened once or twice, and one event or two
 */
function expectOwned({ root, possible }: OwningClient, { files, folders, trash }: WorldState): readonly Told[] {
  const within = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([path]) => path === root || path.startsWith(`${root}/`)));
  const own = Object.entries(trash).filter(([, { path }]) => path.startsWith(`${root}/`));
  const stored = { files: within(files), folders: within(folders), trash: Object.fromEntries(own), merged: {} };
  const found = possible.filter(({ world }) => isSameWorld(world, stored));
  if (found.length > 0) return found.map(({ told }) => told);
  const said = possible.map(({ world }) => JSON.stringify(world)).join('\n');
  throw new Error(`${root} is stored as\n${JSON.stringify(stored)}\ninstead of\n${said}`);
}

/** Chains are whole, no event is there twice, and there are as many of each action as changes may be. @returns how many */
function expectEvents(items: readonly Item[], told: readonly (readonly Told[])[]): number {
  const chained = items.map(toEvent).sort((one, other) => one.sequence - other.sequence);
  for (const [chain, members] of Map.groupBy(chained, (one) => one.chain)) {
    const broken = firstBreak(members);
    if (broken !== undefined) throw new Error(`Chain ${chain} is broken at ${broken.sequence}.`);
  }
  const events = chained.map(({ body }) => JSON.parse(body) as AuditEvent);
  if (new Set(events.map(({ id }) => id)).size !== events.length) throw new Error('An event is there twice.');
  const ofClients = events.filter(({ after }) => !String(after?.path).startsWith(SAMPLES));
  const there = countsOf(ofClients.map(({ action }) => action));
  const expected = possibleCounts(told);
  if (!expected.has(there)) throw new Error(`Events are ${there}; changes were ${[...expected].join(', or ')}.`);
  return events.length;
}

/** Items of every table; their keys tell what they are. */
async function readItems(file: string): Promise<Item[]> {
  const server = await startDynamoDb({ file, log: () => undefined });
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: REGION, credentials: CREDENTIALS });
  const items: Item[] = [];
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    for await (const { Items = [] } of paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName })) {
      items.push(...Items);
    }
  }
  client.destroy();
  await server.close();
  return items;
}

/** Texts of the originals by their keys. */
async function readOriginals(folder: string): Promise<Map<string, string>> {
  const database = new DatabaseSync(join(folder, 'metadata.db'), { readOnly: true });
  const rows = database
    .prepare("SELECT bucket, key FROM objects WHERE latest = 1 AND marker = 0 AND key LIKE 'media/%'")
    .all();
  database.close();
  const principal = { ...CREDENTIALS, access: 'all' as const };
  const server = await startS3Server({ folder, region: REGION, principals: [principal] });
  const client = new S3Client({
    ...{ endpoint: server.endpoint, region: REGION, credentials: CREDENTIALS, forcePathStyle: true },
  });
  const objects = new Map<string, string>();
  for (const { bucket, key } of rows) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: String(bucket), Key: String(key) }));
    objects.set(String(key), (await Body?.transformToString('latin1')) ?? '');
  }
  client.destroy();
  await server.close();
  return objects;
}
