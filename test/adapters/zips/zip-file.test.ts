import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { zipFile } from '../../../lambda/adapters/zips/zip-file.ts';
import type { ZipMember } from '../../../lambda/core/library/zips/zip-storage.ts';
import { readZip } from '../../core/library/zips/read-zip.ts';

const MODIFIED = '2026-11-29T10:20:30.000Z';

async function* inPieces(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}

/** Each in pieces, as a stream brings them. */
async function* membersOf(files: ReadonlyMap<string, readonly Buffer[]>): AsyncGenerator<ZipMember> {
  for (const [name, pieces] of files) yield { name, modifiedAt: MODIFIED, bytes: inPieces(pieces) };
}

const zipOf = (files: ReadonlyMap<string, readonly Buffer[]>): Promise<Buffer> => buffer(zipFile(membersOf(files)));

const hasPython = spawnSync('python3', ['--version']).status === 0;

const BIG = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

const FILES = new Map<string, readonly Buffer[]>([
  ['a.txt', [Buffer.from('one '), Buffer.from('two')]],
  ['empty.bin', []],
  ['folder/été 照片.jpg', [BIG]],
  ['edge.bin', [BIG.subarray(0, 65_535), BIG.subarray(0, 65_536)]],
]);

/** Prints names and times, after the members were unpacked into a folder. */
const PYTHON = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
z.extractall(sys.argv[2])
print(json.dumps([[one.filename, one.date_time] for one in z.infolist()]))
`;

/** A ZIP's times have no time zone: they are the writer's. */
function writersTime(iso: string): number[] {
  const at = new Date(iso);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds()];
}

describe('a ZIP', () => {
  it('has every byte of its members, in pieces of whichever length', async () => {
    expect(readZip(await zipOf(FILES))).toEqual(
      [...FILES].map(([name, pieces]) => ({ name, bytes: Buffer.concat(pieces) })),
    );
  });

  it('may have no member', async () => {
    expect(readZip(await zipOf(new Map()))).toEqual([]);
  });

  it('grows by a thousandth of its members at most', async () => {
    expect((await zipOf(new Map([['x', [BIG]]]))).length).toBeLessThan(BIG.length * 1.002);
  });

  it.skipIf(!hasPython)('is read by Python’s reader, names and times too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
    const file = join(folder, 'a.zip');
    writeFileSync(file, await zipOf(FILES));
    try {
      const seen = JSON.parse(execFileSync('python3', ['-c', PYTHON, file, folder], { encoding: 'utf8' }));
      expect(seen).toEqual([...FILES.keys()].map((name) => [name, writersTime(MODIFIED)]));
      for (const [name, pieces] of FILES) expect(readFileSync(join(folder, name))).toEqual(Buffer.concat(pieces));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads its members no faster than it is taken', async () => {
    let read = 0;
    const endless = (function* () {
      for (; ; read++) yield BIG;
    })();
    const zip = zipFile(
      (async function* () {
        yield { name: 'endless.bin', modifiedAt: MODIFIED, bytes: inPieces(endless) };
      })(),
    );
    for (let taken = 0; taken < 10 * BIG.length; ) taken += (await zip.next()).value?.length ?? 0;

    expect(read).toBeLessThanOrEqual(12);
    await zip.return(undefined);
  });
});
