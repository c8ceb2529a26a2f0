import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultPlan } from 'local-cloud/faults';
import type { Product } from '../../test/product/product.ts';
import { running, startProduct } from '../../test/product/product.ts';
import { waitUntil } from '../wait-until.ts';

/** How a call ended, as far as its caller can know. */
export type Answer =
  | { readonly kind: 'ok' | 'refused'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'silence'; readonly why: string };

/** The whole product with what may go wrong in it, on a state that outlives it. */
export interface ProductToKill {
  /** Its folder of state. */
  readonly state: string;
  /** The one that runs, or that is being started. */
  product(): Promise<Product>;
  /** Ends every process of it at once and starts another one. */
  kill(): void;
  setFaults(plan: FaultPlan): void;
  /** Calls the API. What is asked too often is asked again. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Waits until every event of objects that were stored before now was taken. */
  settled(): Promise<void>;
  /** How often each thing went wrong on purpose. */
  faultCounts(): Record<string, number>;
  remove(): void;
}

export async function startProductToKill(plan: FaultPlan): Promise<ProductToKill> {
  const state = mkdtempSync(join(tmpdir(), 'vitrine-model-'));
  const faults = join(state, 'faults.json');
  const setFaults = (next: FaultPlan) => writeFileSync(faults, JSON.stringify(next));
  setFaults({ seed: 1, faults: [] });
  const start = () => startProduct({ args: ['--faults', faults], environment: { VITRINE_STATE: state } });
  let current = start();
  await current;
  setFaults(plan);
  return {
    state,
    setFaults,
    product: () => current,
    kill: () => {
      const before = current;
      current = before.then(killed).then(start);
    },
    call: async (method, path, body) => callApi(() => current, method, path, body),
    settled: () => {
      const now = Date.now();
      const isSo = async () => Boolean(await current) && pendingEvents(state, now) === 0;
      return waitUntil('events of stored objects are taken', isSo, 120);
    },
    faultCounts: () => countFaults(readFileSync(join(state, 'log', 'functions.log'), 'utf8')),
    remove: () => rmSync(state, { recursive: true }),
  };
}

async function killed(product: Product): Promise<void> {
  const processes = product.descendants();
  await product.stop('SIGKILL');
  await waitUntil('no process of the killed product is left', () => running(processes).length === 0, 30);
}

/** Events of objects stored before a time that nobody has taken yet, from the store's own table. */
function pendingEvents(state: string, before: number): number {
  const database = new DatabaseSync(join(state, 'data', 's3', 'metadata.db'), { readOnly: true, timeout: 5000 });
  try {
    const row = database.prepare('SELECT count(*) AS pending FROM outbox WHERE created <= ?').get(before);
    return Number(row?.pending);
  } finally {
    database.close();
  }
}

function countFaults(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, name = ''] of log.matchAll(/Fault: (\S+ \S+)/g)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Milliseconds after which an answer may be the gateway's, while the function goes on. */
const PATIENCE = 25_000;

async function callApi(product: () => Promise<Product>, method: string, path: string, body: unknown): Promise<Answer> {
  for (;;) {
    const { api, privateKey } = await product();
    const began = performance.now();
    const answer = await ask(`${api}${path}`, method, `Basic ${btoa(`${privateKey}:`)}`, body);
    if (answer.kind === 'silence' && performance.now() - began > PATIENCE) await pause(PATIENCE);
    if (answer.kind === 'silence' || answer.status !== 429) return answer;
    await pause(100);
  }
}

async function ask(url: string, method: string, authorization: string, body: unknown): Promise<Answer> {
  const isForm = body instanceof FormData;
  const headers = { authorization, ...(body !== undefined && !isForm && { 'content-type': 'application/json' }) };
  try {
    const response = await fetch(url, {
      ...{ method, headers },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status } = response;
    const told: unknown = text === '' ? undefined : JSON.parse(text);
    const isBusy = (told as { code?: string } | undefined)?.code === 'busy';
    if (status >= 500 || isBusy) return { kind: 'silence', why: `${status} ${text.slice(0, 200)}` };
    return { kind: response.ok ? 'ok' : 'refused', status, body: told };
  } catch (error) {
    return { kind: 'silence', why: String((error as Error).cause ?? error) };
  }
}
