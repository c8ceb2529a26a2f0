import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb, type TableProperties } from 'local-cloud/dynamodb';
import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import { expect } from 'vitest';
import { eventStore } from '../lambda/adapters/audit-table/event-store.ts';
import type { AuditEvent } from '../lambda/core/audit/event.ts';
import { CHAINS, type ChainedEvent, chainName, firstBreak } from '../lambda/core/audit/event-chain.ts';
import { AUDIT_TABLE, auditCommit, auditEvent, CHANGES_TABLE, clientOf, YEAR } from './audit-commit.ts';
import type { Proof, Report } from './proof.ts';
import { pickFrom, type Random, randomFrom } from './random.ts';
import { waitUntil } from './wait-until.ts';

const WRITERS = 4;
const AT_ONCE = 6;

/** One kill in this many is of the DynamoDB server; the others are of writers. */
const SERVER_EVERY = 3;

const TABLE: TableProperties = {
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

/** Writers that work at the same time for the contention, and how fast they are together. */
const PACED_WRITERS = 20;
const EVENTS_A_SECOND = 100;
const MOST_CONFLICTS = 0.05;

/** Transactions of a hundred that the server cancels because an item was in another one: nothing of ours makes a local server do so. */
const CANCELLED_PERCENT = 1;

/** Milliseconds that a transaction takes at most; in the middle it is what a transaction of DynamoDB takes. */
const TRANSACTION = 40;

type Sizes = { events: number; kills: number; pacedEvents: number };

/** Changes with their events from several processes, killed in the middle; and from twenty writers at the pace of a busy account. */
export const AUDIT_CHAINS: Proof<Sizes> = {
  name: 'audit-chains',
  sentence:
    'Chains of events are whole, no acknowledged event is missing and no change is without its event when writers and their DynamoDB server are killed in the middle of others; at 100 events a second fewer than 5 in 100 are tried again.',
  small: { events: 5000, kills: 4, pacedEvents: 600 },
  full: { events: 100_000, kills: 18, pacedEvents: 6000 },
  async run({ events, kills, pacedEvents }, seed, report) {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-audit-chains-'));
    const file = join(folder, 'tables.sqlite');
    const server = await startDynamoDb({ file, log: () => undefined });
    try {
      for (const table of [AUDIT_TABLE, CHANGES_TABLE]) await server.ensureTable(table, TABLE);
      const acknowledged = await writeUntilKilled({ endpoint: server.endpoint, file, events, kills }, seed, report);
      const written = await expectWhole(clientOf(server.endpoint), acknowledged);
      const { again, cancelled } = await conflictsAtPace(server.endpoint, pacedEvents, seed);
      expect(again / pacedEvents, 'conflicts per event').toBeLessThan(MOST_CONFLICTS);
      const paced = { 'events at pace': pacedEvents, conflicts: again, 'of those TransactionConflict': cancelled };
      return { kills, acknowledged: acknowledged.size, lost: 0, ...written, ...paced };
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  },
};

interface Killing {
  readonly endpoint: string;
  /** Of the server's data. */
  readonly file: string;
  readonly events: number;
  readonly kills: number;
}

/** @returns ids of what was acknowledged */
async function writeUntilKilled({ endpoint, file, events, kills }: Killing, seed: number, report: Report) {
  const random = randomFrom(seed);
  const acknowledged = new Set<string>();
  let started = 0;
  const start = () => startWriter(endpoint, `writer-${started++}`, acknowledged);
  const writers = Array.from({ length: WRITERS }, start);
  for (let kill = 1; kill <= kills; kill++) {
    const wanted = Math.floor((events * kill) / (kills + 1));
    await waitUntil(`${wanted} events are acknowledged`, () => acknowledged.size >= wanted, 600);
    await pause(random(20));
    if (kill % SERVER_EVERY === 0) killServer(file);
    else await killOne(writers, random, start);
    report(`${kill} of ${kills} kills, ${acknowledged.size} acknowledged`);
  }
  await waitUntil(`${events} events are acknowledged`, () => acknowledged.size >= events, 600);
  await Promise.all(writers.map(({ kill }) => kill()));
  return acknowledged;
}

interface Writer {
  readonly kill: () => Promise<void>;
}

async function killOne(writers: Writer[], random: Random, start: () => Writer): Promise<void> {
  const victim = pickFrom(random, writers);
  await victim.kill();
  writers.splice(writers.indexOf(victim), 1, start());
}

function startWriter(endpoint: string, name: string, acknowledged: Set<string>): Writer {
  const script = join(import.meta.dirname, 'audit-writer-to-kill.ts');
  const child = spawn(process.execPath, [script, endpoint, name, String(AT_ONCE)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(child.stdout).on('line', (id) => acknowledged.add(id));
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

/** The one that has this file; another is started again in its place. */
function killServer(file: string): void {
  const isServer = (pid: string) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes('dynoxide') && command.includes(file);
    } catch {
      return false;
    }
  };
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isServer(name));
  expect(found, 'servers').toHaveLength(1);
  process.kill(Number(found[0]), 'SIGKILL');
}

/** @throws when a chain is broken, or an event and a change are not both there */
async function expectWhole(client: DynamoDBDocumentClient, acknowledged: ReadonlySet<string>) {
  const chains = await Promise.all(
    Array.from({ length: CHAINS }, (_, number) => readChain(client, chainName(YEAR, number))),
  );
  for (const events of chains) expect(firstBreak(events)).toBeUndefined();
  const told = chains.flat().map(({ body }) => (JSON.parse(body) as AuditEvent).id);
  const ids = new Set(told);
  expect(ids.size, 'events that stand twice').toBe(told.length);
  expect(
    [...acknowledged].filter((id) => !ids.has(id)),
    'acknowledged events that are missing',
  ).toEqual([]);
  const changes = await readChanges(client, new Set([...ids].map((id) => id.replace(/-\d+$/, ''))));
  expect(changes.size, 'changes, each with its event').toBe(ids.size);
  expect(
    [...changes].filter((id) => !ids.has(id)),
    'changes without an event',
  ).toEqual([]);
  return { events: told.length, changes: changes.size, chains: chains.filter(({ length }) => length > 0).length };
}

async function readChain(client: DynamoDBDocumentClient, chain: string): Promise<ChainedEvent[]> {
  const store = eventStore(client, AUDIT_TABLE);
  const events: ChainedEvent[] = [];
  for (;;) {
    const part = await store.after(chain, events.length, 1000);
    if (part.length === 0) return events;
    events.push(...part);
  }
}

async function readChanges(client: DynamoDBDocumentClient, writers: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>();
  for (const writer of writers) {
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: CHANGES_TABLE,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': writer },
          ExclusiveStartKey: from,
        }),
      );
      for (const { sk } of page.Items ?? []) found.add(String(sk));
      from = page.LastEvaluatedKey;
    } while (from);
  }
  return found;
}

/** Transactions of events at pace, when each takes as long as DynamoDB's and some are cancelled as DynamoDB cancels them. */
interface Conflicts {
  /** Beyond one for each event, whatever the reason. */
  readonly again: number;
  /** By TransactionConflict. */
  readonly cancelled: number;
}

async function conflictsAtPace(target: string, events: number, seed: number): Promise<Conflicts> {
  const call = 'TransactWriteItems';
  const rules = [
    // The first that happens is what happens.
    { at: 'dynamodb', fault: 'conflict', call, percent: CANCELLED_PERCENT },
    { at: 'dynamodb', fault: 'delay', call, milliseconds: TRANSACTION },
  ] as const;
  const faults = settableFaults({ seed, faults: rules });
  const proxy = await startFaultProxy({ target, at: 'dynamodb', faults });
  let transactions = 0;
  let cancelled = 0;
  const counted = clientOf(proxy.endpoint);
  counted.middlewareStack.add(
    (next) => async (given) => {
      if (given.input && 'TransactItems' in given.input) transactions++;
      return next(given).catch((error: unknown) => {
        if (isConflict(error)) cancelled++;
        throw error;
      });
    },
    { step: 'initialize' },
  );
  let next = 0;
  const writer = async (): Promise<void> => {
    const commit = auditCommit(counted, AUDIT_TABLE);
    const began = performance.now();
    for (let count = 0; next < events; count++) {
      const id = `paced-${next++}`;
      await commit([{ Put: { TableName: CHANGES_TABLE, Item: { pk: 'paced', sk: id } } }], auditEvent(id));
      const due = began + ((count + 1) * PACED_WRITERS * 1000) / EVENTS_A_SECOND;
      await pause(Math.max(0, due - performance.now()));
    }
  };
  await Promise.all(Array.from({ length: PACED_WRITERS }, writer));
  await proxy.close();
  return { again: transactions - events, cancelled };
}

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict');
