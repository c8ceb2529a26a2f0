import { expect, test } from 'vitest';
import { readJsonBody } from '../../lambda/api/json-body.ts';

const read = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
  readJsonBody(
    new Request('https://api.invalid/', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: Buffer.from(body),
    }),
  );

test.each([
  ['{"a":{"a":[{"a":1},{"a":2}]},"b":"{\\"a\\":1}"}', { a: { a: [{ a: 1 }, { a: 2 }] }, b: '{"a":1}' }],
  ['{"a":"x:\\"y\\"","b":"}","c":"a"}', { a: 'x:"y"', b: '}', c: 'a' }],
  ['"\\ud83d\\ude00"', '😀'],
  ['[1,[2]]', [1, [2]]],
])('%s is read as it is', async (text, value) => {
  expect(await read(text)).toEqual(value);
});

test.each([
  ['{"a":1,"a":1}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a" : 1 , "b" : {"c":1}, "a" : 2}', 'a'],
  ['[{"b":{"c":1,"d":[],"c":2}}]', 'c'],
  ['{"\\"":1,"\\u0022":2}', '"'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
])('%s has a member twice', async (text, name) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'body.malformed',
    status: 400,
    message: `The body has the member "${name}" twice.`,
  });
});

test('a member called __proto__ is an own member and changes no prototype', async () => {
  const value = await read('{"__proto__":{"admin":true}}');

  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect((value as { readonly admin?: boolean }).admin).toBeUndefined();
  expect(({} as { readonly admin?: boolean }).admin).toBeUndefined();
});

test('deep nesting is read or refused, and breaks nothing', async () => {
  const depth = 30_000;
  const answer = await read('['.repeat(depth) + ']'.repeat(depth)).then(
    () => 200,
    (error: { readonly status?: number }) => error.status,
  );

  expect([200, 400]).toContain(answer);
  await expect(read('['.repeat(depth))).rejects.toMatchObject({ code: 'body.malformed' });
});

test.each(['', '{', "{'a':1}", '{"a":1,}', 'undefined', '\ufeff{', '{"\\ud800":1}', '["\\udc00x"]'])(
  '%j is no JSON',
  async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'body.malformed', status: 400 });
  },
);

test.each([
  ['application/json; charset=utf-8', undefined],
  ['application/merge-patch+json', undefined],
  ['APPLICATION/JSON', undefined],
  ['application/json; charset=utf-16', 'body.unsupported'],
  ['application/jsonp', 'body.unsupported'],
  ['text/json', 'body.unsupported'],
  ['', 'body.unsupported'],
])('Content-Type %j is answered with %s', async (type, code) => {
  const answer = await read('{}', { 'content-type': type }).then(
    () => undefined,
    (error: { readonly code?: string }) => error.code,
  );

  expect(answer).toBe(code);
});

test('a compressed body is refused', async () => {
  await expect(read('{}', { 'content-encoding': 'gzip' })).rejects.toMatchObject({ status: 415 });
  expect(await read('{}', { 'content-encoding': 'identity' })).toEqual({});
});

test('the limit is 64 KB, to the byte', async () => {
  expect(await read(`"${'x'.repeat(65_534)}"`)).toHaveLength(65_534);
  await expect(read(`"${'x'.repeat(65_535)}"`)).rejects.toMatchObject({
    code: 'body.too-large',
    message: "A request's body may have at most 65536 bytes.",
  });
});
