import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks. */
const LOOK = 50;

/** @throws when the condition does not hold within the seconds */
export async function waitUntil(says: string, holds: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`After ${seconds} s it is not so that ${says}.`);
    await pause(LOOK);
  }
}
