import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/**
 * Promises that a child process does not outlive this one, even when this one is killed with SIGKILL and the child is
 * busy in an endless loop. One small guard process, started with the first call, holds the other end of a pipe: when
 * this process is gone the pipe ends, and the guard kills everything that is still on its list. A guard that is killed
 * is replaced by one with the same list.
 * @param child a process that was just spawned
 * @param kill 'group' when the child was spawned `detached`: its own children go with it
 */
export function guardProcess(child: ChildProcess, kill: 'process' | 'group'): void {
  if (child.pid === undefined) return;
  const target = kill === 'group' ? -child.pid : child.pid;
  targets.add(target);
  guardPipe().write(`+${target}\n`);
  child.once('exit', () => {
    targets.delete(target);
    pipe?.write(`-${target}\n`);
  });
}

/** Ends a process, or with it everything in its group. A process that is already gone is no error. */
export function killProcess(child: ChildProcess, kill: 'process' | 'group'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(kill === 'group' ? -child.pid : child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What is to be killed when this process is gone. */
const targets = new Set<number>();

/** Milliseconds before a guard that ended is replaced, so that one that cannot run is no endless loop. */
const PAUSE_MILLISECONDS = 100;

let pipe: Writable | undefined;

function guardPipe(): Writable {
  pipe ??= startGuard();
  return pipe;
}

/** Starts a guard that knows every child. One that is killed is replaced. */
function startGuard(): Writable {
  // Detached: a terminal's Ctrl+C reaches the whole foreground group, and the guard has to be the last one standing.
  const guard = spawn(process.execPath, [fileURLToPath(new URL('./guard-main.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
  });
  const { stdin } = guard;
  guard.unref();
  // The pipe must not keep this process alive: it ends with it.
  (stdin as unknown as { unref?: () => void }).unref?.();
  const replace = (): void => {
    if (pipe !== stdin) return;
    pipe = undefined;
    setTimeout(() => targets.size > 0 && guardPipe(), PAUSE_MILLISECONDS).unref();
  };
  guard.once('error', replace);
  guard.once('exit', replace);
  // Its end says the same.
  stdin.on('error', () => undefined);
  for (const target of targets) stdin.write(`+${target}\n`);
  return stdin;
}
