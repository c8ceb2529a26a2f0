import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { firstBreak } from '../../../lambda/core/audit/event-chain.ts';
import { findPathRecord } from '../../../lambda/core/library/files/path-record.ts';
import { updateFile } from '../../../lambda/core/library/files/update-file.ts';
import { listAssets } from '../../../lambda/core/library/search/list-assets.ts';
import { OWNER } from '../kernel/callers.ts';
import type { LibraryWorld, WorldDeps } from './library-world.ts';
import { startLibraryWorld } from './library-world.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});

afterAll(async () => {
  expect(world.reports).toEqual([]);
  await world.close();
});

const WRITERS = 16;
const processes = (): WorldDeps[] => Array.from({ length: WRITERS }, () => world.depsAt(world.endpoint));

async function namesIn(path: string): Promise<string[]> {
  const order = { by: 'name', descending: false } as const;
  const { assets } = await listAssets(world.deps, OWNER, { path, type: 'file', order, limit: 2000, skip: 0 });
  return assets.map((asset) => (asset.kind === 'file' ? asset.file.head.name : ''));
}

describe('many writers', () => {
  it('of one folder that is not there yet make one folder with all their files', async () => {
    const written = processes().flatMap((deps, writer) =>
      [0, 1].map((file) => world.upload(`/crowd/w${writer}-${file}.txt`, 'x', {}, deps)),
    );
    const files = await Promise.all(written);

    expect(new Set(files.map(({ folder }) => folder.folderId)).size).toBe(1);
    expect((await namesIn('/crowd')).length).toBe(WRITERS * 2);
  });

  it('of one name leave every version and lose none', async () => {
    await Promise.all(processes().map((deps, writer) => world.upload('/same/name.txt', `by ${writer}`, {}, deps)));

    const [file] = (
      await listAssets(world.deps, OWNER, {
        path: '/same',
        type: 'file',
        order: { by: 'name', descending: false },
        limit: 2,
        skip: 0,
      })
    ).assets;
    expect(file).toMatchObject({ kind: 'file', file: { head: { versionCount: WRITERS, lastNumber: WRITERS } } });
  });

  it('of one file all get their tag in, and are told of in whole chains', async () => {
    const { head } = await world.upload('/tags/shared.txt', 'x');
    const tagged = processes().map((deps, writer) =>
      updateFile(deps, OWNER, { fileId: head.assetId, update: { addTags: [`by${writer}`] } }),
    );
    await Promise.all(tagged);

    expect(new Set((await world.deps.store.head(head.assetId))?.tags).size).toBe(WRITERS);
    const chains = Map.groupBy(await world.events(), ({ chain }) => chain);
    expect([...chains.values()].map((chain) => firstBreak(chain)).filter((broken) => broken !== undefined)).toEqual([]);
  }, 120_000);
});

describe('a folder', () => {
  it('takes a thousand files and lists each of them once', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `f${String(index).padStart(4, '0')}.txt`);
    const queue = [...names];
    // Of one process: more of them hop between the chains of events, which is the case above.
    const work = async (deps: WorldDeps) => {
      for (let name = queue.shift(); name; name = queue.shift()) await world.upload(`/thousand/${name}`, 'x', {}, deps);
    };
    await Promise.all(Array.from({ length: WRITERS }, () => work(world.deps)));

    expect(await namesIn('/thousand')).toEqual(names);
  }, 120_000);

  it('is delivered from 50 levels deep', async () => {
    const path = `${'/level'.repeat(LIMITS.folderLevels)}/x.txt`;
    const { head } = await world.upload(path, 'x');

    expect(await findPathRecord(world.deps.store, path)).toMatchObject({ assetId: head.assetId });
    // The second time its folder is remembered: stamp, folder and entry are all that is read.
    expect(await findPathRecord(world.deps.store, path)).toMatchObject({ path });
  });
});

/* One name of each script, composed (NFC), and some whose order or width misleads. */
const NAMES = [
  'Ünïcödé',
  'Ελληνικά',
  'Кириллица',
  'עברית',
  'العربية',
  'فارسی',
  'हिन्दी',
  'বাংলা',
  'தமிழ்',
  'ไทย',
  'ລາວ',
  'မြန်မာ',
  'ខ្មែរ',
  'ქართული',
  'Հայերեն',
  'አማርኛ',
  '日本語',
  '简体中文',
  '繁體中文',
  '한국어',
  'ᏣᎳᎩ',
  'ⵜⵉⴼⵉⵏⴰⵖ',
  '𐌰𐌱𐌲',
  '😀🏳️‍🌈',
  'ﷺ',
  'İıŞş',
  'ﬁle',
  'Å',
];

describe('a name', () => {
  it('of any script is kept, listed and delivered', async () => {
    const composed = NAMES.map((name) => `${name.normalize('NFC')}.txt`);
    for (const name of composed) await world.upload(`/scripts/${name}`, name);

    expect((await namesIn('/scripts')).toSorted()).toEqual(composed.toSorted());
    for (const name of composed) {
      expect([name, (await findPathRecord(world.deps.store, `/scripts/${name}`))?.size]).toEqual([name, name.length]);
    }
  });
});
