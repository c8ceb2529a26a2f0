import { expect } from 'vitest';
import { attack, elsewhere } from './attack-case.ts';
import type { Target } from './target.ts';

const HIDDEN = 'test/api/rights/hidden.test.ts';
const MATRIX = 'test/api/rights/matrix.test.ts';

/** Attacks by who holds a key that may do less. */
export const RIGHTS_CASES = [
  elsewhere('AUTHZ-002', 'an id of something else in path, body, query or job, with every operation', MATRIX),
  attack('AUTHZ-003', 'a cursor edited, for another list or of another key', async (target) => {
    const { api } = target;
    const first = await api('GET', '/v1/files?limit=1');
    const cursor = first.headers.get('x-next-cursor') ?? '';
    const after = (text: string, query = '') => `/v1/files?limit=1${query}&cursor=${encodeURIComponent(text)}`;
    const other = await keyWith(target, { permissions: ['files.read'] });

    expect((await api('GET', after(cursor))).status).toBe(200);
    for (const edited of [
      `${cursor.slice(0, -2)}--`,
      `A${cursor}`,
      cursor.split('.')[0] ?? '',
      `${cursor}.${cursor}`,
    ]) {
      expect((await api('GET', after(edited))).status).toBe(400);
    }
    expect((await api('GET', after(cursor, '&sort=DESC_NAME'))).status).toBe(400);
    expect(await statusFor(target, other.key, after(cursor))).toBe(400);
  }),
  elsewhere('AUTHZ-005', 'a key for one folder and every list, count and job', HIDDEN),
  elsewhere(
    'AUTHZ-013',
    'the API of a region is asked for a file of another one, by its id and by its path',
    'test/product/regions.test.ts',
  ),
  elsewhere('AUTHZ-007', 'a share link and what is beside its files', 'test/handlers/shares.test.ts'),
  // Keys are not bound to addresses, so "other address" is no part of it: docs/keys.md says why.
  attack('AUTHZ-008', 'a key without the right, for another folder, revoked, ended or in the URL', async (target) => {
    const { api, upload } = target;
    await upload('theirs.txt', Buffer.from('theirs'), { folder: '/theirs' });
    const folderId = await folderNamed(target, 'private');
    const bound = await keyWith(target, { role: 'viewer', folderIds: [folderId] });
    const ending = await keyWith(target, { role: 'admin', endsAt: new Date(Date.now() + 1000).toISOString() });
    const [theirs] = (await (await api('GET', '/v1/files?path=/theirs')).json()) as { fileId: string }[];
    const details = `/v1/files/${theirs?.fileId}/details`;

    expect(await statusFor(target, bound.key, details)).toBe(404);
    expect(await statusFor(target, bound.key, '/v1/accounts/keys')).toBe(403);
    for (const path of [
      `?key=${ending.key}`,
      `?privateKey=${ending.key}`,
      `?authorization=Basic%20${btoa(ending.key)}`,
    ]) {
      expect((await fetch(`${target.product.api}/v1/accounts/keys${path}`)).status).toBe(401);
    }
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await statusFor(target, ending.key, '/v1/accounts/keys')).toBe(403);
    expect((await api('DELETE', `/v1/accounts/keys/${bound.id}`)).status).toBe(204);
    expect(await statusFor(target, bound.key, '/v1/files')).toBe(403);
  }),
  attack('AUTHZ-010', 'a key whose maker is gone holds on, as docs/keys.md says', async (target) => {
    const maker = await keyWith(target, { permissions: ['keys.write', 'files.read'] });
    const made = await keyWith(target, { permissions: ['files.read'] }, maker.key);
    await target.api('DELETE', `/v1/accounts/keys/${maker.id}`);

    expect(await statusFor(target, maker.key, '/v1/files')).toBe(403);
    expect(await statusFor(target, made.key, '/v1/files')).toBe(200);
  }),
  elsewhere(
    'AUTHZ-012',
    'a role in another account is assumed with an external id',
    'test/adapters/origin-access/assume-role.test.ts',
  ),
  attack('AUTHZ-015', 'a call about several files, one of which is not the caller’s', async (target) => {
    const { api, upload } = target;
    await upload('mine.txt', Buffer.from('mine'), { folder: '/mine' });
    await upload('other.txt', Buffer.from('other'), { folder: '/others' });
    const idIn = async (folder: string) =>
      ((await (await api('GET', `/v1/files?path=${folder}`)).json()) as { fileId: string }[])[0]?.fileId ?? '';
    const [mine, other] = [await idIn('/mine'), await idIn('/others')];
    const { key } = await keyWith(target, { role: 'editor', folderIds: [await folderNamed(target, 'mine')] });
    const several = (fileIds: readonly string[]) =>
      call(target, key, 'POST', '/v1/files/batch/deleteByFileIds', { fileIds });

    expect((await several([mine, other])).status).toBe(404);
    expect((await several([other])).status).toBe(404);
    expect((await api('GET', `/v1/files/${mine}/details`)).status).toBe(200);
    expect((await api('GET', `/v1/files/${other}/details`)).status).toBe(200);
    expect((await several([mine])).status).toBe(200);
  }),
];

const call = ({ product }: Target, key: string, method: string, path: string, body?: unknown) =>
  fetch(`${product.api}${path}`, {
    method,
    headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const statusFor = async (target: Target, key: string, path: string) => (await call(target, key, 'GET', path)).status;

async function keyWith(target: Target, rights: object, by = target.product.privateKey) {
  const answer = await call(target, by, 'POST', '/v1/accounts/keys', { name: 'attack', ...rights });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { readonly id: string; readonly key: string };
}

async function folderNamed({ api }: Target, name: string): Promise<string> {
  const folders = (await (await api('GET', `/v1/files?type=folder&path=/`)).json()) as {
    folderId: string;
    name: string;
  }[];
  return folders.find((folder) => folder.name === name)?.folderId ?? '';
}
