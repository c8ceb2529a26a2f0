import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from './children.ts';

/** The program of imgproxy 4 that is measured beside us; without it the rest is. */
const PROGRAM = process.env.IMGPROXY;

/** Its own default is one, so that nothing moves. */
const FRAMES = 1000;

/** Milliseconds in which it must be ready. */
const START = 10_000;

/** A running imgproxy. */
export interface Imgproxy extends RunningServer {
  /** With its version. */
  readonly name: string;
}

/**
 * Starts imgproxy with its own defaults, but that it may read from this machine, takes all frames, and says nothing. It keeps to one
 * thread for a picture by itself. Undefined where `IMGPROXY` names no program.
 * @throws Error when it does not answer in time
 */
export async function startImgproxy(program = PROGRAM): Promise<Imgproxy | undefined> {
  if (!program) return undefined;
  const port = await freePort();
  const child = spawn(program, [], {
    env: { ...process.env, ...settings(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  const ready = async () => {
    for (const end = performance.now() + START; performance.now() < end; await sleep(50)) {
      if (child.exitCode !== null) break;
      if (await isHealthy(port)) return;
    }
    child.kill();
    throw new Error(`${program} ended, or is not ready after ${START / 1000} seconds.`);
  };
  await Promise.race([ready(), failed]);
  return { name: `imgproxy ${versionOf(program)}`, pid: child.pid ?? 0, port, stop: () => void child.kill() };
}

const settings = (port: number) => ({
  IMGPROXY_BIND: `127.0.0.1:${port}`,
  IMGPROXY_ALLOW_LOOPBACK_SOURCE_ADDRESSES: 'true',
  IMGPROXY_MAX_ANIMATION_FRAMES: String(FRAMES),
  IMGPROXY_LOG_LEVEL: 'error',
});

/** Undefined where `IMGPROXY` names no program. */
export const imgproxyVersion = (): string | undefined => (PROGRAM ? versionOf(PROGRAM) : undefined);

const versionOf = (program: string): string => execFileSync(program, ['version'], { encoding: 'utf8' }).trim();

const isHealthy = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
