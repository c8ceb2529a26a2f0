import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireVersion } from '../../../../lambda/core/library/store/numbered-version.ts';
import { completeIntent } from '../../../../lambda/core/library/uploads/complete-intent.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

describe('an upload', () => {
  it('makes a file whose first version has the id of the file', async () => {
    const { head, path } = await world.upload('/new/a.txt', 'one');

    expect([path, head.versionId, head.versionNumber]).toEqual(['/new/a.txt', head.assetId, 1]);
    expect(world.purged).not.toContain('/new/a.txt');
  });

  it('adds a version to a file of that name and purges what was made of it', async () => {
    const first = await world.upload('/again/a.txt', 'one', { tags: ['kept'] });

    const second = await world.upload('/again/a.txt', 'two');

    expect(second.head).toMatchObject({
      assetId: first.head.assetId,
      versionNumber: 2,
      versionCount: 2,
      tags: ['kept'],
    });
    expect((await requireVersion(world.deps.store, second.head, first.head.versionId)).number).toBe(1);
    expect(world.purged).toContain('/again/a.txt');
  });

  it('is refused onto a name that is taken when it may not overwrite', async () => {
    await world.upload('/refused/a.txt', 'one');

    const refusal = await refusalOf(world.upload('/refused/a.txt', 'two', { whenTaken: 'refuse' }));

    expect(refusal.code).toBe('upload.name-taken');
  });

  it('is completed once, whoever comes to it', async () => {
    const versionId = world.deps.hexId();
    await world.upload('/once/a.txt', 'one', { versionId });
    const intent = {
      uploader: { kind: 'private-key', id: 'x' },
      versionId,
      folder: '/once',
      name: 'a.txt',
      path: '/once/a.txt',
    };

    expect(await completeIntent(world.deps, intent as never)).toBeUndefined();
  });

  it('gives every one of 16 writers of one file a version of their own, without a gap', async () => {
    await Promise.all(Array.from({ length: 16 }, (_, index) => world.upload('/many/a.txt', `text ${index}`)));

    const file = await world.upload('/many/a.txt', 'last');
    const versions = await world.deps.store.versions(file.head.assetId);

    expect(file.head).toMatchObject({ versionCount: 17, versionNumber: 17 });
    expect(versions.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 17 }, (_, i) => i + 1),
    );
  });

  it('costs at most 16 write units in its transaction', async () => {
    await world.upload('/cost/first.txt', 'x');
    const spent = await world.measured(() =>
      world.upload('/cost/a-photo-of-the-harbour.jpg', 'x', {
        tags: ['harbour', 'summer'],
        description: 'The harbour in the morning',
        width: 4000,
        height: 3000,
        fileType: 'image',
        contentType: 'image/jpeg',
      }),
    );

    expect(spent).toBeGreaterThanOrEqual(12);
    expect(spent).toBeLessThanOrEqual(16);
  });

  it('holds names in all scripts and of 900 bytes', async () => {
    const names = ['größe.jpg', 'фото.png', '写真.webp', 'صورة.gif', `${'長'.repeat(295)}.txt`];
    for (const name of names) await world.upload(`/names/${name}`, name);

    const listed = await world.deps.store.files((await world.folderId('/names')) as string, { limit: 100 });

    expect(listed.records.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it('into a path of 50 levels makes every one of them', async () => {
    const folder = `/${Array.from({ length: 50 }, (_, level) => `l${level}`).join('/')}`;

    const { folder: made } = await world.upload(`${folder}/deep.txt`, 'deep');

    expect([made.path, made.chain.length]).toEqual([folder, 51]);
  });
});
