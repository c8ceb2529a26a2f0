import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardProcess, killProcess } from '../../processes/process-guard.ts';
import { forwardLines, machineEnvironment, memoryFlags } from '../lambda/function-process.ts';
import { watchMemory } from '../lambda/memory-watch.ts';

/** Megabytes of an environment of a Web Function. */
export const MEMORY_MEGABYTES = 2048;

/** Milliseconds in which a server has to listen. */
const START_MILLISECONDS = 10_000;
const PROBE_MILLISECONDS = 20;

export interface WebProcessOptions {
  /** With `index.js`. */
  readonly codeFolder: string;
  readonly region: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** The server of a Web Function in a process of its own, as Lambda starts it: `node index.js`, which listens where it is told. */
export class WebProcess {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @throws when it does not listen in time */
  static async start(options: WebProcessOptions): Promise<WebProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [...memoryFlags(MEMORY_MEGABYTES), join(options.codeFolder, 'index.js')], {
      cwd: options.codeFolder,
      env: {
        ...machineEnvironment(options.region),
        ...options.environment,
        AWS_LAMBDA_HTTP_ENDPOINT: `127.0.0.1:${port}`,
        AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    guardProcess(child, 'group');
    for (const output of [child.stdout, child.stderr]) forwardLines(output, options.log);
    const started = new WebProcess(child, port);
    const stopWatch = watchMemory(child.pid ?? 0, MEMORY_MEGABYTES, () => {
      options.log(`The server has more than ${MEMORY_MEGABYTES} MB and is ended.`);
      started.kill();
    });
    child.once('exit', stopWatch);
    await started.#listening();
    return started;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Bytes of memory that it had at most; 0 where the machine does not say. */
  get peakBytes(): number {
    try {
      const [, kilobytes = '0'] =
        /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'latin1')) ?? [];
      return Number(kilobytes) * 1024;
    } catch {
      return 0;
    }
  }

  kill(): void {
    killProcess(this.#child, 'group');
  }

  async close(): Promise<void> {
    if (!this.isAlive) return;
    const ended = once(this.#child, 'exit');
    this.kill();
    await ended;
  }

  async #listening(): Promise<void> {
    const end = Date.now() + START_MILLISECONDS;
    while (this.isAlive && Date.now() < end) {
      if (await answers(this.port)) return;
      await pause(PROBE_MILLISECONDS);
    }
    await this.close();
    throw new Error(`The server did not listen within ${START_MILLISECONDS} ms.`);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
