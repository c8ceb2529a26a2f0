import { expect, test } from 'vitest';
import { ENDPOINT_DEFAULTS } from '../../../../lambda/core/settings/endpoints/endpoint.ts';
import type { EndpointInput } from '../../../../lambda/core/settings/endpoints/endpoint-choices.ts';
import { toEndpointChoices } from '../../../../lambda/core/settings/endpoints/endpoint-choices.ts';

const choose = (changes: Partial<EndpointInput>, id = 'e1') =>
  toEndpointChoices({ description: 'Shop', urlPrefix: 'shop', ...changes }, id);

test('what is missing or null has its default', () => {
  const defaults = { ...ENDPOINT_DEFAULTS, description: 'Shop', urlPrefix: 'shop' };

  expect(choose({})).toEqual(defaults);
  expect(choose({ quality: null, strict: null, origins: null })).toEqual(defaults);
});

test('hosts are read as browsers send them, each once', () => {
  expect(choose({ hosts: ['Bilder.example', 'bücher.example', 'bilder.example'] }).hosts).toEqual([
    'bilder.example',
    'xn--bcher-kva.example',
  ]);
});

test('the default endpoint has no prefix', () => {
  expect(choose({ urlPrefix: '' }, 'default').urlPrefix).toBe('');
  expect(() => choose({ urlPrefix: 'shop' }, 'default')).toThrow('no urlPrefix');
});

test.each<[Partial<EndpointInput>, string]>([
  [{ urlPrefix: '' }, '1 to 100 letters'],
  [{ urlPrefix: 'a/b' }, '1 to 100 letters'],
  [{ urlPrefix: 'tr:w-1' }, '1 to 100 letters'],
  [{ urlPrefix: 'ik-seo' }, 'not be ik-seo'],
  [{ origins: ['a', 'a'] }, 'twice'],
  [{ hosts: ['https://a.example'] }, 'no host name'],
  [{ hosts: ['localhost'] }, 'no host name'],
])('%j is refused', (changes, reason) => {
  expect(() => choose(changes)).toThrow(expect.objectContaining({ code: 'endpoint.invalid' }));
  expect(() => choose(changes)).toThrow(reason);
});
