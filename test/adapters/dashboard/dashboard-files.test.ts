import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dashboardFiles } from '../../../lambda/adapters/dashboard/dashboard-files.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-dashboard-'));
  mkdirSync(join(folder, 'dashboard/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'dashboard/index.html'), 'page');
  writeFileSync(join(folder, 'dashboard/assets/a.js'), 'script');
  writeFileSync(join(folder, 'dashboard/assets/a.js.br'), 'packed');
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = async (name: string, takesBrotli = true) => {
  const file = await dashboardFiles(join(folder, 'dashboard'))(name, takesBrotli);
  return file && { ...file, bytes: Buffer.from(file.bytes).toString() };
};

it('a file is sent compressed to who takes it, where it was compressed', async () => {
  expect(await read('assets/a.js')).toEqual({
    bytes: 'packed',
    type: 'text/javascript; charset=utf-8',
    isBrotli: true,
  });
  expect(await read('assets/a.js', false)).toMatchObject({ bytes: 'script', isBrotli: false });
  expect(await read('index.html')).toEqual({ bytes: 'page', type: 'text/html; charset=utf-8', isBrotli: false });
});

it.each(['assets/b.js', '../secret.js', 'assets/../../secret.js', 'assets', 'assets/a.js.br', ''])(
  'there is no file "%s"',
  async (name) => {
    expect(await read(name)).toBeUndefined();
  },
);

it('where the dashboard is not served there is nothing', async () => {
  expect(await dashboardFiles(undefined)('index.html', true)).toBeUndefined();
});
