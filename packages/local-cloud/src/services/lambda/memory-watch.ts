import { readFileSync } from 'node:fs';

const POLL_MILLISECONDS = 200;

/**
 * Calls back once when a process and its children hold more memory than allowed. V8's own limit counts only its heap;
 * images live outside of it. Where there is no /proc (macOS, Windows) nothing is watched.
 * @returns a function that ends the watch
 */
export function watchMemory(pid: number, megabytes: number, onExceeded: () => void): () => void {
  const limit = megabytes * 1024 * 1024;
  const timer = setInterval(() => {
    if (residentBytes(pid) <= limit) return;
    clearInterval(timer);
    onExceeded();
  }, POLL_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Resident memory of a process and everything that it started; 0 when it is gone or unknown. */
export function residentBytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + residentBytes(child), Number(kilobytes) * 1024);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}
