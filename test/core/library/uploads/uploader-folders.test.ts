import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { moveFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { readUploadParameters } from '../../../../lambda/core/library/upload-request.ts';
import { toIntent } from '../../../../lambda/core/library/uploads/upload-intent.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

/* An upload is begun under a path; by the time its bytes are there, the path may lead somewhere else. */
let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});

afterAll(() => world.close());

const makeFolder = async (name: string) => (await createFolder(world.deps, OWNER, { parentPath: '/', name })).folderId;

/** @returns the id of the folder that the uploader was bound to */
async function movedAway(name: string): Promise<string> {
  const folderId = await makeFolder(name);
  await moveFolder(world.deps, OWNER, { source: `/${name}`, destination: '/away' });
  return folderId;
}

test('an upload does not land in a folder that took the place of the one it was allowed for', async () => {
  const bound = await movedAway('shop');
  await makeFolder('shop');

  await expect(world.upload('/shop/a.txt', 'a', { uploaderFolderIds: [bound] })).rejects.toMatchObject({
    code: 'permission.missing',
  });
  expect((await world.items()).filter(({ pk, sk }) => `${pk}${sk}`.includes('f#a.txt'))).toEqual([]);
});

test('nor does it make the folder anew where that is gone', async () => {
  const bound = await movedAway('office');

  await expect(world.upload('/office/a.txt', 'a', { uploaderFolderIds: [bound] })).rejects.toMatchObject({
    code: 'permission.missing',
  });
  expect(await world.folderId('/office')).toBeUndefined();
});

test('it lands in the folder below which it was allowed', async () => {
  const bound = await makeFolder('news');

  const { path } = await world.upload('/news/new/a.txt', 'a', { uploaderFolderIds: [bound] });

  expect(path).toBe('/news/new/a.txt');
});

test.each([
  ['some folders', { folderIds: ['a', 'b'] }, ['a', 'b']],
  ['everywhere', {}, undefined],
])('what is written down of an upload says where its uploader may upload: %s', (_, bound, expected) => {
  const caller = { kind: 'restricted-key', id: 'k', grants: [{ permissions: ['files.upload'], ...bound }] } as const;
  const request = readUploadParameters(new Map([['fileName', ['a.txt']]]));
  const content = { contentType: 'text/plain', fileType: 'non-image', size: 1 } as const;
  const intent = toIntent(world.deps, { caller, request, content, customMetadata: {} }, 'a.txt');

  expect(intent.uploaderFolderIds).toEqual(expected);
});
