import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignature } from '../../../../lambda/core/accounts/signed-uploads/check-signature.ts';

const KEYS = { publicKey: 'public_key_test', privateKey: 'private_key_test' };
const NOW = 1_783_000_000;
const TOKEN = '5d2a1c5e-58a5-4a7f-8d0e-2f2f0a6a3e01';

/** Signatures that ImageKit's own SDKs made of this token (imagekit 5 and 6, @imagekit/nodejs 7, @imagekit/next 2). */
const GOOD = { token: TOKEN, expire: '1783001800', signature: '2ae40a64d9670d59e3229d3d3bdb4aa506f1b740' };

const fieldsOf = (given: Readonly<Record<string, string | readonly string[]>>) =>
  new Map(Object.entries(given).map(([name, value]) => [name, [value].flat()]));

const check = (given: Readonly<Record<string, string | readonly string[]>>, keys = KEYS, now = NOW) =>
  checkSignature(fieldsOf({ publicKey: keys.publicKey, ...given }), keys, now * 1000);

describe('a signature that an SDK made', () => {
  it.each([
    ['half an hour ahead', GOOD],
    [
      'just under an hour ahead',
      { ...GOOD, expire: '1783003599', signature: '8322ec76d5a98bb3880acff915b7e5b9939e13ac' },
    ],
    ['exactly an hour ahead', { ...GOOD, expire: '1783003600', signature: '7942d9700e172a1d281bcd534e2812ef3aa9e246' }],
    [
      'whose public key is sent twice, as the browser SDK 4 does',
      { ...GOOD, publicKey: [KEYS.publicKey, KEYS.publicKey] },
    ],
  ])('is good %s', (_, given) => {
    expect(check(given)).toEqual({ token: TOKEN, endsAt: Number(given.expire) });
  });

  it.each([
    ['your_token', '1582269249', 'private_key_test', 'e71bcd6031016b060d349d212e23e85c791decdd'],
    ['tökén-✓', '1800000000', 'private_µñ漢字', '0ed0476973c1a2050cc914f3fab643ff32215c87'],
    ['a b\nc', '1783000000', 'private_key_test', '5101bdc00604fb27be5bc9d4674f89198888683b'],
    [
      '3fa85f64-5717-4562-b3fc-2c963f66afa6',
      '1700000000',
      'private_0123456789abcdefABCDEF/+=',
      'cb4370f23215ff08459d0fe77a3e00855cec2f54',
    ],
  ])('of %j and %s is the one that is expected', (token, expire, privateKey, signature) => {
    const keys = { ...KEYS, privateKey };

    expect(check({ token, expire, signature }, keys, Number(expire) - 60)).toEqual({ token, endsAt: Number(expire) });
  });
});

describe('a signed form is refused', () => {
  it.each([
    [
      'two hours ahead',
      { expire: '1783007200', signature: 'b21659d67afdf287415836d63213f6e4d01f4635' },
      'expire is a time',
    ],
    [
      'after its end',
      { expire: '1782999999', signature: 'aad5fdefa48218f271ba44553ce8f77e9567dd7b' },
      'expire is a time',
    ],
    [
      'with milliseconds',
      { expire: '1783001800000', signature: 'b9134adc2f4cbb1473be4e1d4af83783703955e2' },
      'expire is a time',
    ],
    [
      'with a word for a time',
      { expire: 'soon', signature: '177f1c55a4550e8d5130bb435c1da7d768ac154e' },
      'expire is a time',
    ],
    ['with upper-case hex', { signature: GOOD.signature.toUpperCase() }, 'signature is not'],
    ['with zeros', { signature: '0'.repeat(40) }, 'signature is not'],
    ['signed with another key', { signature: 'c047ec2f255ef7b60a8d0dd72ff537c662cf27a6' }, 'signature is not'],
    ['with another token', { token: 'another' }, 'signature is not'],
    ['with an endless token', { token: 'x'.repeat(1001) }, 'at most 1000'],
  ])('%s', (_, change, message) => {
    expect(() => check({ ...GOOD, ...change })).toThrow(
      expect.objectContaining({ code: 'upload.signature', status: 400, message: expect.stringContaining(message) }),
    );
  });

  it.each(['publicKey', 'token', 'expire', 'signature'] as const)('without %s', (name) => {
    const { [name]: _, ...others }: Record<string, string> = { publicKey: KEYS.publicKey, ...GOOD };

    expect(() => checkSignature(fieldsOf(others), KEYS, NOW * 1000)).toThrow(
      expect.objectContaining({
        code: 'upload.missing-parameter',
        message: expect.stringContaining(`${name} is missing`),
      }),
    );
  });

  it('with the public key of nobody', () => {
    expect(() => check({ ...GOOD, publicKey: 'public_nope' })).toThrow(
      expect.objectContaining({ code: 'key.unknown', status: 403 }),
    );
  });

  it('with two values of one parameter', () => {
    expect(() => check({ ...GOOD, token: [TOKEN, 'other'] })).toThrow('token is given with different values');
  });
});

it('no text signs for another place between token and expire', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z0-9]{1,30}$/),
      fc.integer({ min: NOW + 1, max: NOW + 3600 }),
      (token, endsAt) => {
        const signature = createHmac('sha1', KEYS.privateKey).update(`${token}${endsAt}`).digest('hex');
        const whole = `${token}${endsAt}`;
        const accepted = Array.from({ length: whole.length - 1 }, (_, cut) => cut + 1).filter((cut) => {
          try {
            check({ token: whole.slice(0, cut), expire: whole.slice(cut), signature });
            return true;
          } catch {
            return false;
          }
        });

        expect(accepted).toEqual([token.length]);
      },
    ),
  );
});
