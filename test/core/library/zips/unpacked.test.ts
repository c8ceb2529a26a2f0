import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zipFile } from '../../../../lambda/adapters/zips/zip-file.ts';
import { MemberNames } from '../../../../lambda/core/library/zips/member-names.ts';
import type { ZipMember } from '../../../../lambda/core/library/zips/zip-storage.ts';
import { readZip } from './read-zip.ts';

/* EXP-001: what others named with ill will, unpacked by programs that others wrote. */
const HOSTILE = [
  '../../../../outside.txt',
  '/etc/outside.txt',
  'C:\\outside.txt',
  '..\\..\\outside.txt',
  'a/../../outside.txt',
  'nul\u0000.txt',
  'line\r\nend.txt',
  'con.txt',
  'aux',
  'same.txt',
  'same.txt',
  'SAME.TXT',
  `${'x'.repeat(300)}.txt`,
  `${'é'.repeat(300)}/${'字'.repeat(300)}.txt`,
  'photo\u202egpj.exe',
  '~/outside.txt',
  '-rf',
  '$(touch outside.txt)',
  ' . ',
  '....',
];

const ROOT = mkdtempSync(join(tmpdir(), 'vitrine-unpacked-'));
const ZIP = join(ROOT, 'hostile.zip');

beforeAll(async () => {
  const names = new MemberNames();
  async function* members(): AsyncGenerator<ZipMember> {
    for (const [number, path] of HOSTILE.entries()) {
      const bytes = (async function* () {
        yield Buffer.from(`bytes ${number}`);
      })();
      yield { name: names.nameOf(path), modifiedAt: '2026-11-29T12:00:00.000Z', bytes };
    }
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipFile(members())) pieces.push(piece);
  writeFileSync(ZIP, Buffer.concat(pieces));
});

afterAll(() => rmSync(ROOT, { recursive: true, force: true }));

/** Programs by name, and how each unpacks into the folder that it runs in. Those that a machine lacks are not tried. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  unzip: ['-q', '-o', ZIP],
  python3: ['-m', 'zipfile', '-e', ZIP, '.'],
  jar: ['xf', ZIP],
};
const hasProgram = (name: string): boolean => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;

/** Paths as bytes: a program may write names in an encoding of its own. */
function filesBelow(folder: Buffer): Buffer[] {
  return readdirSync(folder, { encoding: 'buffer', withFileTypes: true }).flatMap((entry) => {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

it('names of a ZIP are relative, lead nowhere else, and are each there once', () => {
  const names = readZip(readFileSync(ZIP)).map(({ name }) => name);

  expect(names).toHaveLength(HOSTILE.length);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(HOSTILE.length);
  for (const name of names) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name must not have one
    expect(name).not.toMatch(/^\/|\\|:|(^|\/)\.\.?(\/|$)|[\u0000-\u001f\u202e]/);
    for (const part of name.split('/')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
  }
});

it.skipIf(!Object.keys(PROGRAMS).some(hasProgram))('every file stays inside when programs of others unpack it', () => {
  for (const [program, args] of Object.entries(PROGRAMS).filter(([name]) => hasProgram(name))) {
    const outer = join(ROOT, program);
    const folder = join(outer, 'deep', 'inside');
    mkdirSync(folder, { recursive: true });
    execFileSync(program, args, { cwd: folder, stdio: 'pipe', env: { ...process.env, LC_ALL: 'C.UTF-8' } });

    const inside = filesBelow(Buffer.from(folder)).map((path) => readFileSync(path, 'utf8'));
    expect([program, inside.toSorted()]).toEqual([program, HOSTILE.map((_, number) => `bytes ${number}`).toSorted()]);
    expect([program, filesBelow(Buffer.from(outer)).length]).toEqual([program, HOSTILE.length]);
  }
});
