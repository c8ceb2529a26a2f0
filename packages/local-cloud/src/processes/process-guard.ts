import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/**
 * Promises that a child process does not outlive this one, even when this one is killed with SIGKILL and the child is
 * busy in an endless loop. One small guard process, started with the first call, holds the other end of a pipe: when
 * this process is gone the pipe ends, and the guard kills everything that is still on its list.
 * @param child a process that was just spawned
 * @param kill 'group' when the child was spawned `detached`: its own children go with it
 */
export function guardProcess(child: ChildProcess, kill: 'process' | 'group'): void {
  if (child.pid === undefined) return;
  const target = kill === 'group' ? -child.pid : child.pid;
  const guard = guardPipe();
  guard.write(`+${target}\n`);
  child.once('exit', () => guard.write(`-${target}\n`));
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

let pipe: Writable | undefined;

function guardPipe(): Writable {
  if (pipe) return pipe;
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
  // Without a guard everything else still works; only a SIGKILL of this process would leave children behind.
  const forget = (): void => {
    if (pipe === stdin) pipe = undefined;
  };
  guard.once('error', forget);
  stdin.once('error', forget);
  guard.once('exit', forget);
  pipe = stdin;
  return stdin;
}
