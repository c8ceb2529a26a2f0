import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadyFile } from '../../local/ready-file.ts';
import { recordingInto } from './recorded-connections.ts';

const START = new URL('../../local/start.mjs', import.meta.url).pathname;

/** The first start of a source tree synthesizes; several test files may do that at once. */
const READY_MILLISECONDS = 150_000;

/** The end of what a start prints. It is written before the ready file, but a pipe may be read after it. */
const LAST_LINES = 'Stop with Ctrl+C.';

/** Which request the viewer-response function sees, for the whole suite: `.ci/run` runs it with both. */
const READING = process.env.VIEWER_RESPONSE_SEES ? [`--viewer-response-sees=${process.env.VIEWER_RESPONSE_SEES}`] : [];

/** Where each start notes whom it connects to, for the whole suite: `.ci/run` looks at all of them at the end. */
const RECORDED = process.env.VITRINE_TEST_CONNECTIONS ? recordingInto(process.env.VITRINE_TEST_CONNECTIONS) : {};

export interface ProductOptions {
  /** Over PORT=0, API_PORT=0 and this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default ['--ephemeral'] */
  readonly args?: readonly string[];
}

/** The real product, started as a person would start it, in a process of its own. */
export interface Product extends ReadyFile, AsyncDisposable {
  /** What it has printed so far, both streams. */
  readonly output: () => string;
  /** Milliseconds of processor time that it and the processes below it have used so far. */
  readonly processorMilliseconds: () => number;
  /** Processes that it has started, and theirs. */
  readonly descendants: () => number[];
  /** Sends a signal and waits for the end. @returns the exit status, null after a SIGKILL */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the product and waits until it serves. @throws with what it printed when it ends instead */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-product-'));
  const readyFile = join(folder, 'ready.json');
  const { child, output } = spawnProduct(options, ['--ready-file', readyFile]);
  try {
    const ready = await readWhenThere(readyFile, child, output);
    await untilPrinted(LAST_LINES, output);
    return {
      ...ready,
      output,
      processorMilliseconds: () => sumOfProcessorTime([ready.pid, ...descendantsOf(ready.pid)]),
      descendants: () => descendantsOf(ready.pid),
      stop: (signal) => stop(child, signal),
      [Symbol.asyncDispose]: async () => void (await stop(child, 'SIGTERM')),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a start that ends by itself. */
export async function runStart(options: ProductOptions = {}): Promise<{ code: number | null; output: string }> {
  const { child, output } = spawnProduct(options, []);
  const timer = setTimeout(() => child.kill('SIGTERM'), READY_MILLISECONDS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, output: output() };
}

/** Those of the processes that still run; a zombie has ended. */
export function running(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  });
}

function spawnProduct({ environment, args = ['--ephemeral'] }: ProductOptions, more: readonly string[]) {
  const child = spawn(process.execPath, [START, ...READING, ...args, ...more], {
    env: { ...process.env, PORT: '0', API_PORT: '0', ...RECORDED, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

async function readWhenThere(file: string, child: ChildProcess, output: () => string): Promise<ReadyFile> {
  const deadline = performance.now() + READY_MILLISECONDS;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as ReadyFile;
    } catch {
      await pause(20);
    }
  }
  child.kill('SIGKILL');
  throw new Error(`The product did not start:\n${output()}`);
}

async function untilPrinted(words: string, output: () => string): Promise<void> {
  const deadline = performance.now() + READY_MILLISECONDS;
  while (!output().includes(words)) {
    if (performance.now() > deadline) throw new Error(`The product did not print "${words}":\n${output()}`);
    await pause(5);
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  return child.exitCode;
}

function childrenText(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    return '';
  }
}

/** Those of a process that ends meanwhile are left out. */
function descendantsOf(pid: number): number[] {
  const text = childrenText(pid);
  const children = text.split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Fields 14 to 17 of /proc/<pid>/stat in ticks of 10 ms: user and system time, own and of children that have ended. */
function sumOfProcessorTime(pids: readonly number[]): number {
  const ticks = pids.flatMap((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).map(Number);
  });
  return ticks.reduce((sum, count) => sum + count, 0) * 10;
}
