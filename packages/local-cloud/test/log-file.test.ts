import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLogFile } from '../src/log-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-log-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('takes lines with their time, after those of the last start', async () => {
  const path = join(folder, 'log', 'functions.log');
  for (const text of ['first', 'second']) {
    const log = openLogFile(path);
    log.line(text);
    await log.close();
  }

  expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z first\n\d{4}-\d\d-\d\dT[\d:.]+Z second\n$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('is put aside when it has grown', async () => {
  const path = join(folder, 'functions.log');
  writeFileSync(path, '');
  truncateSync(path, 20_000_001);
  await openLogFile(path).close();

  expect(statSync(path).size).toBe(0);
  expect(statSync(`${path}.old`).size).toBe(20_000_001);
});

it('never stops the product', async () => {
  // A disk that is always full.
  const log = openLogFile('/dev/full');
  log.line('lost');
  await new Promise((resolve) => setTimeout(resolve, 50));
  log.line('lost too');
  await log.close();
});
