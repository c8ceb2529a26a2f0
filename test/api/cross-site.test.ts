import { expect, test } from 'vitest';
import { isFromBrowser, refuseForeignSite } from '../../lambda/api/cross-site.ts';
import { operationOf } from './example-calls.ts';

const request = (headers: Readonly<Record<string, string>>) =>
  new Request('https://api.invalid/', { method: 'POST', headers: { host: 'api.example.com', ...headers } });

const code = (id: string, headers: Readonly<Record<string, string>>) => {
  try {
    refuseForeignSite(operationOf(id), request(headers));
    return undefined;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

const AUTHORIZATION = 'Basic cHJpdmF0ZTo=';

test.each([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'http://api.example.com' }],
  [{ origin: 'https://api.example.com:8443' }],
  [{ origin: 'https://api.example.com.evil.example' }],
  [{ origin: 'null' }],
  [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
])('%j is another site', (headers) => {
  expect(code('rules.delete', headers)).toBe('site.foreign');
});

test.each([
  [{}],
  [{ origin: 'https://api.example.com' }],
  [{ 'sec-fetch-site': 'same-origin' }],
  [{ 'sec-fetch-site': 'none' }],
])('%j is none', (headers) => {
  expect(code('rules.delete', headers)).toBeUndefined();
});

test('an operation that only reads may be called from anywhere', () => {
  expect(code('rules.list', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBeUndefined();
});

test('an operation for browsers may be called from anywhere, with nothing that a browser could have remembered', () => {
  expect(code('files.upload', { origin: 'https://shop.example' })).toBeUndefined();
  expect(code('files.upload', { origin: 'https://shop.example', authorization: AUTHORIZATION })).toBe('site.foreign');
});

test('a browser is known by headers that pages cannot take away', () => {
  expect(isFromBrowser(request({}))).toBe(false);
  for (const name of ['origin', 'sec-fetch-mode', 'sec-fetch-site']) {
    expect(isFromBrowser(request({ [name]: 'x' }))).toBe(true);
  }
});
