import { expect, test } from 'vitest';
import { variantsOfUrl } from '../../../lambda/core/purge/url-variants.ts';
import { rewriterSettings } from '../../../lambda/core/rewriters/url-rewriter.ts';

const keysOf = async (query: string): Promise<readonly string[]> => {
  const url = { kind: 'url', endpoint: 'default', path: '/a.jpg', query } as const;
  return (await variantsOfUrl(url)).keys ?? [];
};

test.each([
  ['tr=w-10,zz-1', 'tr=w-10'],
  ['tr=n-name,zz-1', 'tr=n-name'],
  ['tr=l-text,i-a,fs-0020,l-end', 'tr=l-text,i-a,fs-20,l-end'],
])('what is stored of %s is found under %s, too', async (written, meant) => {
  const keys = await keysOf(written);

  expect(keys).toEqual(expect.arrayContaining([...(await keysOf(meant))]));
  expect(keys.length).toBeGreaterThan((await keysOf(meant)).length);
});

test.each(['tr=w-10', 'tr=bg-000000', 'tr=w-abc,zz-1'])('of %s nothing else is asked for', async (query) => {
  expect(await keysOf(query)).toHaveLength((await keysOf('tr=q-50')).length);
});

test('a URL of another product is stored under its own key, and under that of the URL in our words', async () => {
  const rewriter = rewriterSettings({ type: 'IMGIX' });
  const purged = async (query: string) =>
    (await variantsOfUrl({ kind: 'url', endpoint: 'default', path: '/a.jpg', query, rewriter })).keys ?? [];

  const keys = await purged('w=10&fit=max');

  expect(keys).toEqual(expect.arrayContaining([...(await keysOf('tr=w-10,c-at_max'))]));
  expect(keys).toEqual(await purged('fit=max&w=10&utm=1'));
  expect(keys.length).toBeGreaterThan((await keysOf('tr=w-10,c-at_max')).length);
});
