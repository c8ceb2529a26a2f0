import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

const read = (changes: object) =>
  parsedBody('url-endpoints.create', { description: 'Shop', urlPrefix: 'shop', ...changes });

test('what is given is taken, and null is as good as nothing', async () => {
  expect(await read({ quality: 60, strict: null, urlRewriter: null })).toEqual({
    description: 'Shop',
    urlPrefix: 'shop',
    quality: 60,
    strict: null,
    urlRewriter: null,
  });
});

test.each([
  [{ type: 'CLOUDINARY' }, { type: 'CLOUDINARY', preserveAssetDeliveryTypes: false }],
  [
    { type: 'CLOUDINARY', preserveAssetDeliveryTypes: true },
    { type: 'CLOUDINARY', preserveAssetDeliveryTypes: true },
  ],
  [{ type: 'IMGIX' }, { type: 'IMGIX' }],
  [{ type: 'AKAMAI' }, { type: 'AKAMAI' }],
])('the rewriter %j is taken', async (urlRewriter, taken) => {
  expect(await read({ urlRewriter })).toMatchObject({ urlRewriter: taken });
});

test('an answer may be sent back as it came', async () => {
  const answer = { id: 'e1', createdAt: '2026-11-25T00:00:00.000Z', quality: 60, strict: true };

  expect(await read(answer)).toEqual({ description: 'Shop', urlPrefix: 'shop', quality: 60, strict: true });
});

test.each([
  [{ description: '' }, 'description must be a text of 1 to 200 characters in one line.'],
  [{ description: 'a'.repeat(201) }, 'description must be a text of 1 to 200 characters in one line.'],
  [{ description: 'a\nb' }, 'description must be a text of 1 to 200 characters in one line.'],
  [{ urlPrefix: 7 }, 'urlPrefix must be 1 to 100 letters, digits and hyphens.'],
  [{ urlPrefix: 'a'.repeat(101) }, 'urlPrefix must be 1 to 100 letters, digits and hyphens.'],
  [{ origins: 'a' }, 'origins must be a list of at most 50 ids of origins.'],
  [{ origins: [7] }, 'origins[0] must be text.'],
  [{ origins: Array.from({ length: 51 }, (_, index) => String(index)) }, 'origins must be a list of at most 50 ids'],
  [{ hosts: Array.from({ length: 11 }, (_, index) => `h${index}.example`) }, 'hosts must be a list of at most 10 host'],
  [{ quality: 0 }, 'quality must be a whole number from 1 to 100.'],
  [{ quality: 101 }, 'quality must be a whole number from 1 to 100.'],
  [{ quality: 50.5 }, 'quality must be a whole number from 1 to 100.'],
  [{ strict: 'yes' }, 'strict must be true or false.'],
  [{ urlRewriter: 'IMGIX' }, 'urlRewriter must be an object whose type is CLOUDINARY, IMGIX or AKAMAI.'],
  [
    { urlRewriter: { type: 'THUMBOR' } },
    'urlRewriter.type must be an object whose type is CLOUDINARY, IMGIX or AKAMAI.',
  ],
  [{ urlRewriter: { type: 'AKAMAI', preserveAssetDeliveryTypes: true } }, 'urlRewriter has no member'],
  [{ colour: 'red' }, 'The body has no member "colour"; there are description, urlPrefix, origins,'],
])('%j is refused', async (changes, message) => {
  const refusal = { code: 'input.invalid', status: 400, message: expect.stringContaining(message) };

  await expect(read(changes)).rejects.toMatchObject(refusal);
});

test.each([
  [undefined, 'body.malformed', 'The body must be JSON in UTF-8.'],
  [null, 'input.invalid', 'The body must be an object.'],
  ['text', 'input.invalid', 'The body must be an object.'],
  [[], 'input.invalid', 'The body must be an object.'],
])('a body of %j is refused', async (body, code, message) => {
  await expect(parsedBody('url-endpoints.create', body)).rejects.toMatchObject({ code, message });
});
