import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeReadyFile } from '../src/ready-file.ts';

it('is written as a whole, for its owner alone, over an older one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-ready-'));
  const path = join(folder, 'ready.json');
  const content = { media: 'm', api: 'a', publicKey: 'p', privateKey: 's', urlEndpoint: 'm', pid: 1 };
  writeFileSync(path, 'old', { mode: 0o644 });

  writeReadyFile(path, content);

  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(content);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['ready.json']);
  rmSync(folder, { recursive: true });
});

it('that cannot be written is named', () => {
  const content = { media: 'm', api: 'a', publicKey: 'p', privateKey: 's', urlEndpoint: 'm', pid: 1 };

  expect(() => writeReadyFile('/nowhere/ready.json', content)).toThrow(
    'The ready file /nowhere/ready.json cannot be written (ENOENT).',
  );
});
