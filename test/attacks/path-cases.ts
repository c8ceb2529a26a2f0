import { expect } from 'vitest';
import { waitUntil } from '../../proofs/wait-until.ts';
import { drawScene } from '../images/scene.ts';
import { onCanvas } from '../images/sources.ts';
import { attack, elsewhere, raw } from './attack-case.ts';
import type { Target } from './target.ts';

const picture = () => onCanvas(drawScene(60, 40)).png().toBuffer();
const header = (headers: ReadonlyMap<string, readonly string[]>, name: string) => headers.get(name)?.[0];

/** A name is uploaded, listed, delivered, given anew and deleted; what the library makes of it is its name from then on. */
async function roundTrip({ client, ask, upload }: Target, given: string, kept: string): Promise<void> {
  const folder = '/round-trip';
  const path = await upload(given, await picture(), { folder });
  const [listed] = await client.assets.list({ path: folder });
  expect(listed).toMatchObject({ type: 'file', name: kept, filePath: `${folder}/${kept}` });
  expect(decodeURIComponent(path)).toBe(`${folder}/${kept}`);
  expect((await ask(`${path}?tr=w-20`)).status).toBe(200);

  await client.files.rename({ filePath: `${folder}/${kept}`, newFileName: `renamed-${given}` });
  const renamed = `${folder}/${encodeURIComponent(`renamed-${kept}`)}`;
  expect((await ask(`${renamed}?tr=w-20`)).status).toBe(200);

  await client.files.delete((listed as { fileId: string }).fileId);
  expect(await client.assets.list({ path: folder })).toEqual([]);
  // The transformer remembers a folder for five seconds. No `expect.poll`: the proof runs this without vitest.
  await waitUntil('a deleted file is gone', async () => (await ask(`${renamed}?tr=w-21`)).status === 404, 10);
}

/** Path and encoding confusion. */
export const PATH_CASES = [
  raw('PATH-001', 'dot-dot in clear', ({ priv }) => [`/public/..${priv}`, `/..${priv}`, `/a/../..${priv}`], [400]),
  raw(
    'PATH-003',
    'dot-dot escaped twice is a name, never decoded again',
    ({ priv }) => [`/public/%252e%252e${priv}`, `/%252e%252e/%252e%252e/etc/passwd`],
    [400, 404],
  ),
  raw('PATH-005', 'dot-dot in clear and escaped', () => ['/public/../%2e%2e/etc/passwd', '/%2E%2e/../x'], [400]),
  raw(
    'PATH-006',
    'an escaped slash leads nowhere else',
    ({ priv }) => [`/a%2F..%2F..%2F${priv.slice(1).replace('/', '%2F')}`, '/..%2fetc%2fpasswd'],
    [400],
  ),
  raw(
    'PATH-008',
    'an escaped backslash names no host',
    () => ['/%5C%5Cevil.test/x.png', '/%5cevil.test', '/\\evil.test'],
    [400],
  ),
  raw(
    'PATH-010',
    'every control character',
    () => [...Array(32).keys(), 127].map((code) => `/a%${code.toString(16).padStart(2, '0')}b.png`),
    [400],
  ),
  raw(
    'PATH-011',
    'overlong UTF-8 for slash and dot',
    ({ priv }) => [`/%C0%AE%C0%AE%C0%AF${priv.slice(1)}`, '/a%C0%AFb.png', '/%E0%80%AE%E0%80%AE/x', '/%FF.png'],
    [400],
  ),
  raw(
    'PATH-013',
    'a sibling whose name begins alike',
    ({ priv }) => [`/private-not/%2e%2e${priv}`, '/privat/secret.jpg'],
    [400, 404],
  ),
  raw('PATH-015', 'a dot segment within a good path', ({ pub }) => [`/.${pub}`, `/%2e${pub}`, `/a/.${pub}`], [400]),
  attack('PATH-016', 'escapes in both cases are one object and one entry', async ({ ask, upload }) => {
    await upload('café.png', await picture());
    const first = await ask('/caf%c3%a9.png?tr=w-20', { headers: { accept: 'image/webp' } });
    const second = await ask('/caf%C3%A9.png?tr=w-20', { headers: { accept: 'image/webp' } });

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(header(second.headers, 'x-cache')).toBe('Hit from cloudfront');
    expect(second.body.equals(first.body)).toBe(true);
  }),
  attack('PATH-018', 'names that turn the direction of writing', async ({ ask, upload }) => {
    const path = await upload('invoice\u202egnp.exe.png', await picture());

    expect(decodeURIComponent(path)).toBe('/invoice_gnp.exe.png');
    const { status, headers } = await ask(path);
    expect([status, header(headers, 'content-type')]).toEqual([200, 'image/png']);
  }),
  attack('PATH-020', 'signs of punctuation in a name, through all that is done with it', (target) =>
    roundTrip(target, `n(2)[1]&'",;@=$~.png`, 'n_2__1__________.png'),
  ),
  attack('PATH-021', 'other scripts and an emoji in a name', (target) =>
    roundTrip(target, '中文नमस्ते😀.png', '中文नमस्ते_.png'),
  ),
  raw(
    'PATH-023',
    'a name longer than any store takes, and ten thousand levels',
    () => [
      `/${'n'.repeat(1025)}.jpg`,
      `/${'a/'.repeat(4000)}b.jpg`,
      `/${'a/'.repeat(10_000)}b.jpg`,
      `/${'%C3%A9'.repeat(600)}.jpg`,
    ],
    [400, 404, 414],
  ),
  elsewhere('PATH-026', 'edge and transformer read every URL alike', 'proofs/edge-agrees.ts'),
];
