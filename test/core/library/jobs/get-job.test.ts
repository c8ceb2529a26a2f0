import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { PERMISSIONS } from '../../../../lambda/core/accounts/permissions.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { restrictFolder } from '../../../../lambda/core/library/folders/restrict-folder.ts';
import { getJob } from '../../../../lambda/core/library/jobs/get-job.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const boundTo = (folderId: string | undefined) =>
  ({
    kind: 'restricted-key',
    id: 'bound',
    grants: [{ permissions: PERMISSIONS, folderIds: [folderId ?? ''] }],
  }) as const;

it('a job is seen by a key that is bound to a folder above it, and by no key of another folder', async () => {
  await createFolder(world.deps, OWNER, { parentPath: '/shop', name: 'summer' });
  await createFolder(world.deps, OWNER, { parentPath: '/', name: 'other' });
  const shop = boundTo(await world.folderId('/shop'));
  const other = boundTo(await world.folderId('/other'));

  const renamed = await renameFolder(world.deps, shop, { folder: '/shop/summer', newName: 'winter' });
  const restricted = await restrictFolder(world.deps, shop, { folder: '/shop/winter', isPrivate: true });

  for (const job of [renamed, restricted]) {
    const jobId = job?.jobId ?? '';
    expect(await getJob(world.deps, shop, jobId)).toMatchObject({ jobId });
    expect((await refusalOf(getJob(world.deps, other, jobId))).code).toBe('job.missing');
  }
});
