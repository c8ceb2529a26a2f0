import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyToken } from '../../../../lambda/api/verify-token.ts';
import { checkToken } from '../../../../lambda/core/accounts/signed-uploads/check-token.ts';

const KEYS = { publicKey: 'public_key_test', privateKey: 'private_key_test' };
const NOW = 1_783_000_000;
const HEADER = { alg: 'HS256', typ: 'JWT', kid: KEYS.publicKey };
const LIFE = { iat: NOW, exp: NOW + 600 };

const sign = (claims: object, { header = HEADER, key = KEYS.privateKey } = {}) =>
  new SignJWT({ ...LIFE, ...claims }).setProtectedHeader(header).sign(new TextEncoder().encode(key));

function check(token: string, form: Readonly<Record<string, string>>, now = NOW + 10) {
  const fields = new Map(Object.entries({ ...form, token }).map(([name, value]) => [name, [value]]));
  return checkToken(fields, KEYS, now * 1000, verifyToken);
}

const FORM = { fileName: 'a.jpg' };

/** Made by the package jsonwebtoken 9 with the claims of `FORM` and `LIFE`. */
const FOREIGN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InB1YmxpY19rZXlfdGVzdCJ9.eyJmaWxlTmFtZSI6ImEuanBnIiwiaWF0IjoxNzgzMDAwMDAwLCJleHAiOjE3ODMwMDA2MDB9.nCy5FJGQQ2_LT0loA9yppSeUfftcgUjC8EA7N5Veqac';

describe('a token is good', () => {
  it('when another library made it', async () => {
    expect(await check(FOREIGN, FORM)).toEqual({ token: FOREIGN, endsAt: LIFE.exp });
  });

  it.each([
    [
      'whose claims are the text that is sent',
      { tags: 'x,y', customMetadata: '{"brand":"Nike"}' },
      { tags: 'x,y', customMetadata: '{"brand":"Nike"}' },
    ],
    ['with a flag for its text', { useUniqueFileName: false }, { useUniqueFileName: 'false' }],
    ['with a whole hour', { exp: NOW + 3600 }, {}],
  ])('%s', async (_, claims, form) => {
    const token = await sign({ ...FORM, ...claims });

    expect(await check(token, { ...FORM, ...form } as Record<string, string>)).toMatchObject({ token });
  });

  it('for a form with the file as text, which no token can hold', async () => {
    expect(await check(FOREIGN, { ...FORM, file: 'aGVsbG8=' })).toMatchObject({ endsAt: LIFE.exp });
  });
});

describe('a token is refused', () => {
  const unsigned = (header: object, claims: object) =>
    [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

  it.each([
    ['whose form has more', () => sign(FORM), { ...FORM, folder: '/evil/' }, 'folder is not'],
    ['whose form has less', () => sign({ ...FORM, tags: 'x' }), FORM, 'tags is not'],
    ['whose form has another value', () => sign(FORM), { fileName: 'b.jpg' }, 'fileName is not'],
    ['whose claim is an object', () => sign({ ...FORM, tags: ['x'] }), { ...FORM, tags: 'x' }, 'tags is not'],
    ['that lasts too long', () => sign({ ...FORM, exp: NOW + 3601 }), FORM, 'at most 3600'],
    ['that has ended', () => sign({ ...FORM, exp: NOW + 5 }), FORM, 'has ended'],
    ['without an end', () => sign({ ...FORM, exp: undefined }), FORM, 'no JSON Web Token'],
    ['without a beginning', () => sign({ ...FORM, iat: undefined }), FORM, 'no JSON Web Token'],
    ['of another key', () => sign(FORM, { key: 'private_other' }), FORM, 'no JSON Web Token'],
    ['of another public key', () => sign(FORM, { header: { ...HEADER, kid: 'public_nope' } }), FORM, 'kid'],
    ['with another algorithm', () => sign(FORM, { header: { ...HEADER, alg: 'HS384' } }), FORM, 'no JSON Web Token'],
    [
      'without an algorithm',
      async () => `${unsigned({ ...HEADER, alg: 'none' }, { ...FORM, ...LIFE })}.`,
      FORM,
      'no JSON Web Token',
    ],
    [
      'without an algorithm, yet signed',
      async () => {
        const text = unsigned({ ...HEADER, alg: 'none' }, { ...FORM, ...LIFE });
        return `${text}.${createHmac('sha256', KEYS.privateKey).update(text).digest('base64url')}`;
      },
      FORM,
      'no JSON Web Token',
    ],
    ['that is no token', async () => 'abc.def', FORM, 'no JSON Web Token'],
  ])('%s', async (_, make, form, message) => {
    await expect(check(await make(), form)).rejects.toMatchObject({
      code: 'upload.signature',
      status: 400,
      message: expect.stringContaining(message),
    });
  });

  it('when there is none', async () => {
    await expect(check('', FORM)).rejects.toMatchObject({ code: 'upload.missing-parameter' });
  });
});
