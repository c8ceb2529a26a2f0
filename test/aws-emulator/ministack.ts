import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Of everything in the emulator; it takes this key for the account's root. */
export const ACCOUNT = '123456789012';
export const ROOT = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

const START_MILLISECONDS = 60_000;

/** Loaded into every function: what the emulator's Node host lacks. */
const PRELOADS = ['localhost-names.cjs', 'lambda-streaming.cjs'];

/** MiniStack, an AWS emulator that others wrote, in a process of its own that keeps nothing. */
export interface Ministack {
  readonly endpoint: string;
  /** The end of what it printed. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Starts it, with IAM enforced and signatures verified.
 * @param python folder of the virtual environment that has it (`.ci/emulator`)
 * @throws with what it printed when it does not start
 */
export async function startMinistack(python: string): Promise<Ministack> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-emulator-'));
  const port = await freePort();
  const logFile = join(folder, 'log');
  const output = openSync(logFile, 'w');
  const child = spawn(join(python, 'bin/ministack'), [], {
    env: environment(folder, port),
    stdio: ['ignore', output, output],
    // A group of its own: its functions are processes below it, and end with it.
    detached: true,
  });
  const log = () => readFileSync(logFile, 'utf8').slice(-20_000);
  const endpoint = `http://127.0.0.1:${port}`;
  const close = async () => {
    await stop(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilHealthy(endpoint, child);
  } catch (error) {
    const printed = log();
    await close();
    throw new Error(`MiniStack did not start: ${printed}`, { cause: error });
  }
  return { endpoint, log, close };
}

function environment(folder: string, port: number): Record<string, string> {
  return {
    HOME: folder,
    TMPDIR: folder,
    // Functions run on the Node that runs this, as in Lambda the runtime's.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NODE_OPTIONS: PRELOADS.map((file) => `--require ${join(import.meta.dirname, file)}`).join(' '),
    // Its client puts the account before the host, which an address cannot have.
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${port}`,
    AUTH: 'true',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: ACCOUNT,
    AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
    S3_DATA_DIR: join(folder, 's3'),
    STATE_DIR: join(folder, 'state'),
    LOG_LEVEL: 'WARNING',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

async function untilHealthy(endpoint: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_MILLISECONDS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const isHealthy = await fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
    await pause(200);
  }
  throw new Error(`It was not ready after ${START_MILLISECONDS / 1000} seconds.`);
}

/** The whole group, so that no function is left. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}
