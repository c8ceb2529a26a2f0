import { expect, test } from 'vitest';
import { ENDPOINT_DEFAULTS } from '../../../../lambda/core/settings/endpoints/endpoint.ts';
import { readEndpoint } from '../../../../lambda/core/settings/endpoints/read-endpoint.ts';

const read = (changes: object, id = 'e1') => readEndpoint({ description: 'Shop', urlPrefix: 'shop', ...changes }, id);

test('what is missing has its default', () => {
  expect(read({})).toEqual({ ...ENDPOINT_DEFAULTS, description: 'Shop', urlPrefix: 'shop' });
});

test('an answer may be sent back as it came', () => {
  const answer = { id: 'e1', createdAt: '2026-11-25T00:00:00.000Z', ...read({ quality: 60, strict: true }) };

  expect(read(answer)).toMatchObject({ quality: 60, strict: true });
});

test('hosts are read as browsers send them, each once', () => {
  expect(read({ hosts: ['Bilder.example', 'bücher.example', 'bilder.example'] }).hosts).toEqual([
    'bilder.example',
    'xn--bcher-kva.example',
  ]);
});

test('the default endpoint has no prefix', () => {
  expect(read({ urlPrefix: '' }, 'default').urlPrefix).toBe('');
  expect(() => read({ urlPrefix: 'shop' }, 'default')).toThrow('no urlPrefix');
});

test.each([
  [{ description: '' }, '1 to 200 characters'],
  [{ description: 'a'.repeat(201) }, '1 to 200 characters'],
  [{ description: 'a\nb' }, 'one line'],
  [{ urlPrefix: '' }, '1 to 100 letters'],
  [{ urlPrefix: 'a/b' }, '1 to 100 letters'],
  [{ urlPrefix: 'tr:w-1' }, '1 to 100 letters'],
  [{ urlPrefix: 'ik-seo' }, 'not be ik-seo'],
  [{ urlPrefix: 7 }, '1 to 100 letters'],
  [{ origins: 'a' }, 'list of ids'],
  [{ origins: ['a', 'a'] }, 'twice'],
  [{ origins: Array.from({ length: 51 }, (_, index) => String(index)) }, '50 origins'],
  [{ hosts: ['https://a.example'] }, 'no host name'],
  [{ hosts: ['localhost'] }, 'no host name'],
  [{ hosts: Array.from({ length: 11 }, (_, index) => `h${index}.example`) }, '10 hosts'],
  [{ quality: 0 }, '1 to 100'],
  [{ quality: 101 }, '1 to 100'],
  [{ quality: 50.5 }, '1 to 100'],
  [{ strict: 'yes' }, 'strict must be true or false'],
  [{ urlRewriter: { type: 'IMGIX' } }, 'urlRewriter'],
  [{ colour: 'red' }, 'no member "colour"'],
])('%j is refused', (changes, reason) => {
  expect(() => read(changes)).toThrow(expect.objectContaining({ code: 'endpoint.invalid' }));
  expect(() => read(changes)).toThrow(reason);
});

test.each([[undefined], [null], ['text'], [[]]])('a body of %j is refused', (body) => {
  expect(() => readEndpoint(body, 'e1')).toThrow('must be an object');
});
