import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

const EXACTLY_ONE =
  'The body must have exactly one of url, fileId (24 hexadecimal characters), folderPath and tag, as text.';

test.each([{ url: 'a.jpg' }, { fileId: 'a'.repeat(24) }, { folderPath: '/' }, { tag: 'summer' }])(
  '%j is something to purge',
  async (body) => {
    expect(await parsedBody('cache.purge', body)).toEqual(body);
  },
);

test.each([
  [{}, EXACTLY_ONE],
  [null, EXACTLY_ONE],
  [[], EXACTLY_ONE],
  [{ url: 5 }, EXACTLY_ONE],
  [{ tag: 'a', fileId: 'b' }, EXACTLY_ONE],
  [{ url: '' }, 'url must be text of 1 to 8192 characters.'],
  [{ tag: 'x'.repeat(501) }, 'tag must be text of 1 to 500 characters.'],
  [{ fileId: '../x' }, 'fileId must be 24 hexadecimal characters.'],
])('%j is refused', async (body, message) => {
  const refusal = { code: 'input.invalid', status: 400, message };

  await expect(parsedBody('cache.purge', body)).rejects.toMatchObject(refusal);
});

test('a purge without a body is refused', async () => {
  await expect(parsedBody('cache.purge', undefined)).rejects.toMatchObject({ code: 'body.malformed', status: 400 });
});
