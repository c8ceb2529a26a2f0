import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guardProcess } from '../../processes/process-guard.ts';

/** Ports to try: another program may take a free one before the server does. */
const ATTEMPTS = 5;

const START_MILLISECONDS = 15_000;
const STOP_MILLISECONDS = 2000;

/**
 * Starts the server on a free port and waits until it listens. It does not outlive this process.
 * @param file where it keeps its data; undefined for memory
 * @throws with what the server said when it does not start
 */
export async function startServerProcess(
  program: string,
  file: string | undefined,
  log: (line: string) => void,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt++) {
    const server = new ServerProcess(program, file, await freePort(), log);
    const problem = await server.started;
    if (problem === undefined) return server;
    const isTaken = problem.includes('already in use');
    if (!isTaken || attempt === ATTEMPTS) throw new Error(`The DynamoDB server did not start: ${problem}`);
  }
}

/** A running DynamoDB server. */
export class ServerProcess {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Undefined as soon as it listens, else why it does not. */
  readonly started: Promise<string | undefined>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #log: (line: string) => void;
  #isStopping = false;

  constructor(program: string, file: string | undefined, port: number, log: (line: string) => void) {
    const args = ['serve', '--host', '127.0.0.1', '--port', String(port), ...(file ? ['--db-path', file] : [])];
    this.endpoint = `http://127.0.0.1:${port}`;
    this.#log = log;
    this.#child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH } });
    guardProcess(this.#child, 'process');
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.started = this.#start();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MILLISECONDS);
    await this.#exited;
    clearTimeout(timer);
  }

  async #start(): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const said: string[] = [];
    const timer = setTimeout(() => {
      resolve(`it did not listen within ${START_MILLISECONDS} ms`);
      this.#child.kill('SIGKILL');
    }, START_MILLISECONDS);
    createInterface({ input: this.#child.stderr as Readable }).on('line', (line) => {
      if (line.includes('listening on')) resolve(undefined);
      else if (line.trim() !== '') said.push(this.#report(line));
    });
    this.#child.once('error', (error) => resolve(error.message));
    // After `close` everything that it printed has been read.
    this.#child.once('close', (code) => resolve(said.join(' ') || `it ended with exit status ${code}`));
    const problem = await promise;
    clearTimeout(timer);
    if (problem === undefined) this.#child.once('exit', (code, signal) => this.#reportEnd(code, signal));
    return problem;
  }

  #report(line: string): string {
    if (!this.#isStopping) this.#log(line);
    return line;
  }

  #reportEnd(code: number | null, signal: NodeJS.Signals | null): void {
    this.#report(`The DynamoDB server ended: ${signal ?? `exit status ${code}`}.`);
  }
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
