import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begunUploads } from '../../../cli/upload/begun-uploads.ts';
import type { LocalFile } from '../../../cli/upload/local-files.ts';

const FILM: LocalFile = { file: '/films/film.bin', bytes: 60, changedAt: 1, folder: '/films', name: 'film.bin' };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-begun-uploads-'));
});

afterAll(() => rm(folder, { recursive: true }));

const begun = (of: string, api = 'https://api.example.com') => begunUploads(api, join(folder, of));

describe('an upload that was begun', () => {
  it('is found again, for the same file at the same deployment', async () => {
    const noted = begun('same');
    expect(await noted.find(FILM)).toBeUndefined();
    await noted.note(FILM, 'first');
    await noted.note(FILM, 'second');

    expect(await noted.find(FILM)).toBe('second');
    expect(await noted.find({ ...FILM, changedAt: 2 })).toBeUndefined();
    expect(await begun('same', 'https://other.example.com').find(FILM)).toBeUndefined();
  });

  it('is noted whole or not at all, whoever reads it meanwhile', async () => {
    const noted = begun('meanwhile');
    let writing = true;
    const found = new Set<string | undefined>();
    const reading = (async () => {
      while (writing) found.add(await noted.find(FILM));
    })();
    for (let count = 0; count < 300; count++) await noted.note(FILM, 'the-id-of-an-upload');
    writing = false;
    await reading;

    found.delete(undefined);
    expect([...found]).toEqual(['the-id-of-an-upload']);
    expect(await readdir(join(folder, 'meanwhile'))).toHaveLength(1);
  });

  it('is noted for this user alone', async () => {
    await begun('alone').note(FILM, 'first');
    const [name = ''] = await readdir(join(folder, 'alone'));

    expect((await stat(join(folder, 'alone', name))).mode & 0o777).toBe(0o600);
  });
});
