import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Photo } from './photos.ts';
import { extensionOf } from './render-cases.ts';

const FOLDER = new URL('.', import.meta.url).pathname;

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  stop(): void;
}

/** Starts one of the comparison servers; it prints its port when it listens. */
export async function startServer(file: string, argument: string): Promise<RunningServer> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(FOLDER, file), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { pid: child.pid ?? 0, port: Number(port.toString()), stop: () => void child.kill() };
}

const TYPES: Readonly<Record<string, string>> = { png: 'png', gif: 'gif', svg: 'svg+xml' };

/** Serves the sources to the comparison servers, which have no storage of their own. */
export async function serveSources(photos: readonly Photo[]): Promise<Server> {
  const server = createServer((request, response) => {
    const photo = photos.find(({ name }) => request.url?.split('?', 1)[0] === `/${name}`);
    const type = photo ? `image/${TYPES[extensionOf(photo.name)] ?? 'jpeg'}` : 'text/plain';
    response.writeHead(photo ? 200 : 404, { 'content-type': type, 'last-modified': new Date(0).toUTCString() });
    response.end(request.method === 'HEAD' ? undefined : photo?.bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export interface Product {
  readonly media: string;
  readonly api: string;
  readonly privateKey: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the whole product of a source tree on free ports, with its state in the given folder, as `npm start` does. */
export async function startProduct(state: string, root = join(FOLDER, '..')): Promise<Product> {
  const readyFile = join(state, '..', 'ready.json');
  mkdirSync(join(state, '..'), { recursive: true });
  rmSync(readyFile, { force: true });
  const child = spawn(process.execPath, [join(root, 'local/start.mjs'), '--ready-file', readyFile], {
    env: { ...process.env, PORT: '0', API_PORT: '0', VITRINE_STATE: state },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null) throw new Error(`The product stopped at start with code ${child.exitCode}.`);
    await sleep(50);
  }
  return { ...(JSON.parse(readFileSync(readyFile, 'utf8')) as Omit<Product, 'stop'>), stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
