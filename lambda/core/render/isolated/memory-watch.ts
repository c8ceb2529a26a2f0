import { readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const INTERVAL = 20;

/** Bytes that a decoder which takes memory as fast as it can fills between two looks, and while it is killed. */
const FILLED_BETWEEN = 40_000_000;

/**
 * Calls when a process is about to have more bytes in memory than it may. Linux tells it (proc(5), `VmRSS`); elsewhere
 * nothing is watched.
 * @returns stops watching
 */
export function watchMemory(pid: number, maximumBytes: number, exceeded: () => void): () => void {
  const timer = setInterval(() => {
    if (residentBytes(pid) <= maximumBytes - FILLED_BETWEEN) return;
    clearInterval(timer);
    exceeded();
  }, INTERVAL);
  return () => clearInterval(timer);
}

export function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
