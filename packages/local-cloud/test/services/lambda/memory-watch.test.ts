import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { residentBytes } from '../../../src/services/lambda/memory-watch.ts';

test('memory is that of a process and of what it started; a process that is gone has none', async () => {
  const before = residentBytes(process.pid);
  const child = spawn(process.execPath, ['-e', 'globalThis.held = Buffer.alloc(80e6, 1); setInterval(() => {}, 1000)']);

  expect(before).toBeGreaterThan(20e6);
  await expect.poll(() => residentBytes(process.pid) - before).toBeGreaterThan(80e6);

  child.kill('SIGKILL');
  await expect.poll(() => residentBytes(child.pid ?? 0)).toBe(0);
});
