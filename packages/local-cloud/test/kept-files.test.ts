import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireKeptFiles } from '../src/kept-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-kept-'));
  mkdirSync(join(folder, 'objects'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const check = () => requireKeptFiles(folder, join(folder, 'objects'), ['table', 'keys']);

it('lets a first start and one without objects begin', () => {
  expect(check).not.toThrow();
  expect(() => requireKeptFiles(folder, join(folder, 'none'), ['table'])).not.toThrow();
});

it('stops a start with objects whose files are missing or empty, and names them', () => {
  writeFileSync(join(folder, 'objects', 'a'), 'x');
  writeFileSync(join(folder, 'table'), '');
  expect(check).toThrow(
    `${join(folder, 'table')} and ${join(folder, 'keys')} are missing or empty, and without it the objects in ` +
      `${join(folder, 'objects')} cannot be used. Restore it from a copy, or move the whole folder ${folder} away to ` +
      'begin anew. Nothing was changed.',
  );

  writeFileSync(join(folder, 'table'), 'x');
  expect(check).toThrow(`${join(folder, 'keys')} is missing or empty`);

  writeFileSync(join(folder, 'keys'), 'x');
  expect(check).not.toThrow();
});
