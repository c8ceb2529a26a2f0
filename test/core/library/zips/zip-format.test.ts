import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ZipMember } from '../../../../lambda/core/library/zips/zip-format.ts';
import { directory, MemberBytes, memberHeader } from '../../../../lambda/core/library/zips/zip-format.ts';
import { readZip } from './read-zip.ts';

const MODIFIED = '2026-11-29T10:20:30.000Z';

/** Each in pieces, as a stream brings them. */
function zipOf(files: ReadonlyMap<string, readonly Buffer[]>): Buffer {
  const written: Uint8Array[] = [];
  const members: ZipMember[] = [];
  const length = () => written.reduce((sum, one) => sum + one.length, 0);
  for (const [text, pieces] of files) {
    const head = { name: Buffer.from(text), modifiedAt: MODIFIED, offset: length() };
    const bytes = new MemberBytes();
    written.push(memberHeader(head), ...pieces.flatMap((piece) => [...bytes.frame(piece)]), ...bytes.end());
    members.push({ ...head, ...bytes.sizes });
  }
  return Buffer.concat([...written, directory(members, length())]);
}

const hasPython = spawnSync('python3', ['--version']).status === 0;

const BIG = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

const FILES = new Map<string, readonly Buffer[]>([
  ['a.txt', [Buffer.from('one '), Buffer.from('two')]],
  ['empty.bin', []],
  ['folder/été 照片.jpg', [BIG]],
  ['edge.bin', [BIG.subarray(0, 65_535), BIG.subarray(0, 65_536)]],
]);

describe('a ZIP', () => {
  it('has every byte of its members, in pieces of whichever length', () => {
    expect(readZip(zipOf(FILES))).toEqual([...FILES].map(([name, pieces]) => ({ name, bytes: Buffer.concat(pieces) })));
  });

  it('may have no member', () => {
    expect(readZip(zipOf(new Map()))).toEqual([]);
  });

  it('grows by a thousandth of its members at most', () => {
    expect(zipOf(new Map([['x', [BIG]]])).length).toBeLessThan(BIG.length * 1.002);
  });

  it.skipIf(!hasPython)('is read by Python’s reader', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
    const file = join(folder, 'a.zip');
    writeFileSync(file, zipOf(FILES));
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])';
    try {
      execFileSync('python3', ['-c', script, file, folder]);
      for (const [name, pieces] of FILES) expect(readFileSync(join(folder, name))).toEqual(Buffer.concat(pieces));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
