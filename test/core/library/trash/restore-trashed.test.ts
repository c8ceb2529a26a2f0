import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { PERMISSIONS } from '../../../../lambda/core/accounts/permissions.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { fileById } from '../../../../lambda/core/library/files/library-file.ts';
import { updateFile } from '../../../../lambda/core/library/files/update-file.ts';
import { runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { listTrash } from '../../../../lambda/core/library/trash/list-trash.ts';
import { purgeTrashed } from '../../../../lambda/core/library/trash/purge-trashed.ts';
import { restoreTrashed } from '../../../../lambda/core/library/trash/restore-trashed.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

describe('the trash', () => {
  it('gives a file back with its id, path, tags and versions', async () => {
    await world.upload('/back/a.txt', 'one');
    const { head } = await world.upload('/back/a.txt', 'two');
    await updateFile(world.deps, OWNER, { fileId: head.assetId, update: { tags: ['kept'] } });

    await trashFile(world.deps, OWNER, { fileId: head.assetId });
    const gone = await refusalOf(fileById(world.deps.store, OWNER, 'files.read', head.assetId));
    const path = await restoreTrashed(world.deps, OWNER, { id: head.assetId });
    const back = await fileById(world.deps.store, OWNER, 'files.read', head.assetId);

    expect([gone.code, path, back.path]).toEqual(['file.missing', '/back/a.txt', '/back/a.txt']);
    expect(back.head).toMatchObject({ assetId: head.assetId, tags: ['kept'], versionCount: 2, versionNumber: 2 });
    expect(back.head).not.toHaveProperty('trashedAt');
  });

  it('frees a name at once, and proposes another when the name is taken meanwhile', async () => {
    const { head } = await world.upload('/taken/a.txt', 'old');
    await trashFile(world.deps, OWNER, { fileId: head.assetId });
    await world.upload('/taken/a.txt', 'new');

    const refusal = await refusalOf(restoreTrashed(world.deps, OWNER, { id: head.assetId }));
    const path = await restoreTrashed(world.deps, OWNER, { id: head.assetId, name: 'a_1.txt' });

    expect([refusal.code, refusal.status]).toEqual(['trash.name-taken', 409]);
    expect(refusal.message).toContain('"a_1.txt" is free');
    expect(path).toBe('/taken/a_1.txt');
  });

  it('gives a folder back where its parent is by then, with everything in it', async () => {
    const { head } = await world.upload('/whole/inner/a.txt', 'one');
    await trashFolder(world.deps, OWNER, '/whole/inner');
    const item = (await listTrash(world.deps, OWNER)).find(({ path }) => path === '/whole/inner');

    expect(await world.folderId('/whole/inner')).toBeUndefined();
    expect((await refusalOf(fileById(world.deps.store, OWNER, 'files.read', head.assetId))).code).toBe('file.missing');

    await restoreTrashed(world.deps, OWNER, { id: item?.id ?? '' });

    expect((await fileById(world.deps.store, OWNER, 'files.read', head.assetId)).path).toBe('/whole/inner/a.txt');
  });

  it('makes the folder of a file anew that went to the trash itself', async () => {
    const { head } = await world.upload('/lost/a.txt', 'one');
    await trashFile(world.deps, OWNER, { fileId: head.assetId });
    await trashFolder(world.deps, OWNER, '/lost');

    expect(await restoreTrashed(world.deps, OWNER, { id: head.assetId })).toBe('/lost/a.txt');
  });

  it('leaves no byte and no record of what is ended', async () => {
    await world.upload('/ended/deep/a.txt', 'one');
    await world.upload('/ended/deep/a.txt', 'two');
    const folderId = await world.folderId('/ended');
    await trashFolder(world.deps, OWNER, '/ended');
    await purgeTrashed(world.deps, OWNER, folderId as string);

    await runJobs(world.deps);
    const later = { ...world.deps, clock: () => Date.now() + 3_600_000 };
    await runJobs(later);

    expect([...world.objects.keys()].filter((key) => key.includes('/ended/'))).toEqual([]);
    const items = await world.items();
    const left = items.filter((item) => JSON.stringify(item).includes('media/ended') || item.pk === `fd#${folderId}`);
    expect(left).toEqual([]);
  });

  it('shows and gives nothing to a key that is bound to another folder', async () => {
    const { head } = await world.upload('/mine/a.txt', 'one');
    await world.upload('/theirs/a.txt', 'one');
    await trashFile(world.deps, OWNER, { fileId: head.assetId });
    const bound: Caller = {
      kind: 'restricted-key',
      id: 'bound',
      grants: [{ permissions: PERMISSIONS, folderIds: [(await world.folderId('/theirs')) as string] }],
    };

    expect(await listTrash(world.deps, bound)).toEqual([]);
    expect((await refusalOf(restoreTrashed(world.deps, bound, { id: head.assetId }))).code).toBe('trash.missing');
    expect((await refusalOf(purgeTrashed(world.deps, bound, head.assetId))).code).toBe('trash.missing');
  });
});
