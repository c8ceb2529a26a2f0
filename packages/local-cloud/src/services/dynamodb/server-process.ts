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

/** Ends of a server that are made good in a row; one that ran this long before starts a new row. */
const RESTARTS = 5;
const STEADY_MILLISECONDS = 60_000;

export interface ServerOptions {
  /** Path of the server's program. */
  readonly program: string;
  /** Where it keeps its data; undefined for memory, which ends with it. */
  readonly file: string | undefined;
  readonly log: (line: string) => void;
  /** Takes the sentence with which the whole program has to end. */
  readonly onLost: (sentence: string) => void;
}

/**
 * Starts the server on a free port and waits until it listens. It does not outlive this process. When it ends by itself
 * or is killed, it is started again on the same port: what it acknowledged is in its file.
 * @throws with what the server said when it does not start
 */
export async function startServerProcess(options: ServerOptions): Promise<SupervisedServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = new ServerProcess(options, port);
    const problem = await server.started;
    if (problem === undefined) return new SupervisedServer(options, port, server);
    const isTaken = problem.includes('already in use');
    if (!isTaken || attempt === ATTEMPTS) throw new Error(`The DynamoDB server did not start: ${problem}`);
  }
}

/** A DynamoDB server that is started again when it ends. */
export class SupervisedServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly #options: ServerOptions;
  readonly #port: number;
  #server: ServerProcess;
  #startedAt = performance.now();
  #restarts = 0;
  #isStopping = false;

  constructor(options: ServerOptions, port: number, server: ServerProcess) {
    this.endpoint = `http://127.0.0.1:${port}`;
    this.#options = options;
    this.#port = port;
    this.#server = server;
    void this.#supervise(server);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#server.stop();
  }

  async #supervise(server: ServerProcess): Promise<void> {
    const end = await server.exited;
    if (this.#isStopping) return;
    this.#options.log(`The DynamoDB server ended: ${end}.`);
    if (performance.now() - this.#startedAt > STEADY_MILLISECONDS) this.#restarts = 0;
    if (this.#options.file === undefined) return this.#options.onLost(`The DynamoDB server ended (${end}).`);
    if (++this.#restarts > RESTARTS) {
      return this.#options.onLost(
        `The DynamoDB server ended ${this.#restarts} times in a row, the last time by ${end}.`,
      );
    }
    this.#server = new ServerProcess(this.#options, this.#port);
    this.#startedAt = performance.now();
    void this.#supervise(this.#server);
  }
}

/** One process of the server. */
class ServerProcess {
  /** Undefined as soon as it listens, else why it does not. */
  readonly started: Promise<string | undefined>;
  /** How it ended, once it has. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  readonly #log: (line: string) => void;
  #isStopping = false;

  constructor({ program, file, log }: ServerOptions, port: number) {
    const args = ['serve', '--host', '127.0.0.1', '--port', String(port), ...(file ? ['--db-path', file] : [])];
    this.#log = log;
    this.#child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH } });
    guardProcess(this.#child, 'process');
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
      this.#child.once('error', (error) => resolve(error.message));
    });
    this.started = this.#start();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MILLISECONDS);
    await this.exited;
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
    return problem;
  }

  #report(line: string): string {
    if (!this.#isStopping) this.#log(line);
    return line;
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
