import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guardProcess } from '../processes/process-guard.ts';

/** A running DynamoDB server. */
export interface DynamoDbProcess {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Ports to try: another program may take a free one before the server does. */
const ATTEMPTS = 5;

const START_MILLISECONDS = 15_000;

/**
 * Starts the server on a free port and waits until it listens. It does not outlive this process.
 * @param file where it keeps its data; undefined for memory
 * @throws with what the server said when it does not start
 */
export async function startServerProcess(
  program: string,
  file: string | undefined,
  log: (line: string) => void,
): Promise<DynamoDbProcess> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const args = ['serve', '--host', '127.0.0.1', '--port', String(port), ...(file ? ['--db-path', file] : [])];
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH } });
    guardProcess(child, 'process');
    const problem = await problemOfStart(child, log);
    if (problem === undefined) return running(child, `http://127.0.0.1:${port}`, log);
    const isTaken = problem.includes('already in use');
    if (!isTaken || attempt === ATTEMPTS) throw new Error(`The DynamoDB server did not start: ${problem}`);
  }
}

function running(child: ChildProcess, endpoint: string, log: (line: string) => void): DynamoDbProcess {
  let isStopping = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isStopping) log(`The DynamoDB server ended: ${signal ?? `exit status ${code}`}.`);
      resolve();
    });
  });
  return {
    endpoint,
    stop: async () => {
      isStopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Undefined as soon as the server listens, else what it said before it ended. */
async function problemOfStart(child: ChildProcess, log: (line: string) => void): Promise<string | undefined> {
  const said: string[] = [];
  const outcome = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    outcome.resolve(`it did not listen within ${START_MILLISECONDS} ms`);
  }, START_MILLISECONDS);
  createInterface({ input: child.stderr as Readable }).on('line', (line) => {
    if (line.trim() === '') return;
    if (line.includes('listening on')) outcome.resolve(undefined);
    else log(line);
    said.push(line);
  });
  child.once('error', (error) => outcome.resolve(error.message));
  // After `close` everything that it printed has been read.
  child.once('close', (code) => outcome.resolve(said.join(' ') || `it ended with exit status ${code}`));
  const problem = await outcome.promise;
  clearTimeout(timer);
  return problem;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
