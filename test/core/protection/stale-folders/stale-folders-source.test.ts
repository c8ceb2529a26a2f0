import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { staleFoldersSource } from '../../../../lambda/core/protection/stale-folders/stale-folders-source.ts';
import { generationAt, generationOf } from '../../../../lambda/core/request/stale-folders.ts';

const AT = '2026-11-28T20:00:00.000Z';
const LATER = '2026-11-28T20:00:00.001Z';
const generation = (at: string) => generationAt(Date.parse(at));

const entriesOf = (folders: readonly (readonly [path: string, since: string])[]) =>
  staleFoldersSource({
    staleFolders: { list: async () => folders.map(([path, since], index) => ({ jobId: String(index), path, since })) },
  }).entries();

const asker = (entries: ReadonlyMap<string, string>) => (path: string) =>
  generationOf(async (key) => entries.get(key), path);

describe('staleFoldersSource', () => {
  it('names a generation for everything below a stale folder and for nothing else', async () => {
    const ask = asker(await entriesOf([['/shop/summer', AT]]));

    expect(await ask('/shop/summer/a.jpg')).toBe(generation(AT));
    expect(await ask('/shop/summer/deep/a.jpg')).toBe(generation(AT));
    for (const path of ['/shop/summer', '/shop/summers/a.jpg', '/shop/a.jpg', '/a/shop/summer/a.jpg', '/']) {
      expect(await ask(path)).toBe('');
    }
  });

  it('lets the newest of several folders decide', async () => {
    const ask = asker(
      await entriesOf([
        ['/a', LATER],
        ['/a/b', AT],
        ['/a', AT],
      ]),
    );

    expect(await ask('/a/b/x.jpg')).toBe(generation(LATER));
  });

  it('takes paths in both spellings of Unicode', async () => {
    const ask = asker(await entriesOf([['/café', AT]]));

    expect(await ask('/café/x.jpg'.normalize('NFD'))).toBe(generation(AT));
    expect(await ask('/café/x.jpg'.normalize('NFC'))).toBe(generation(AT));
  });

  it('covers more folders than find room by those above them, in values that the store takes', async () => {
    const folders = Array.from({ length: 400 }, (_, index) => [`/shop/${index % 5}/folder-${index}`, AT] as const);
    const entries = await entriesOf([...folders, ['/other/x', LATER]]);
    const ask = asker(entries);

    expect(entries.size).toBeLessThanOrEqual(LIMITS.staleValuesAtEdge);
    for (const [path] of folders) expect(await ask(`${path}/a.jpg`)).toBe(generation(AT));
    expect(await ask('/elsewhere/a.jpg')).toBe('');
  });

  it('covers a folder whose path fills a value by the one above it', async () => {
    const path = `/한${'/글'.repeat(150)}`;
    const entries = await entriesOf([[path, AT]]);

    for (const value of entries.values()) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1024);
    expect(await asker(entries)(`${path.normalize('NFD')}/a.jpg`)).toBe(generation(AT));
  });

  it('has nothing to say while no folder is stale', async () => {
    expect((await entriesOf([])).size).toBe(0);
  });
});

describe('generationOf', () => {
  it('fails when a value is missing, so that the edge can refuse', async () => {
    const entries = await entriesOf(Array.from({ length: 60 }, (_, index) => [`/${'x'.repeat(20)}${index}`, AT]));
    expect(entries.size).toBeGreaterThan(1);
    const ask = asker(new Map([...entries].slice(0, 1)));

    await expect(ask('/a.jpg')).rejects.toThrow();
  });
});
