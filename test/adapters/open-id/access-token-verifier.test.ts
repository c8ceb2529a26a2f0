import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTokenVerifier } from '../../../lambda/adapters/open-id/access-token-verifier.ts';

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let server: Server;
let issuer: string;
let asked = 0;
let isDown = false;
let own: SigningKey;
let other: SigningKey;
let pem: string;
let otherJwk: object;
const NOW = Date.parse('2026-11-29T12:00:00.000Z');
const SECOND = NOW / 1000;
const CLIENT = 'command-line';

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('RS256', { extractable: true });
  [own, other] = [pair.privateKey, stranger.privateKey];
  pem = await exportSPKI(pair.publicKey);
  otherJwk = await exportJWK(stranger.publicKey);
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }] };
  server = createServer((request, response) => {
    asked += 1;
    if (isDown) return request.socket.destroy();
    response.end(JSON.stringify(jwks));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const verifier = () => accessTokenVerifier({ id: 'pool', issuer, clientId: CLIENT, clock: () => NOW });

const claims = () => ({
  iss: issuer,
  sub: 'jo',
  jti: 'one',
  token_use: 'access',
  client_id: CLIENT,
  iat: SECOND - 10,
  exp: SECOND + 290,
  auth_time: SECOND - 12,
});

/** A token that is right, but for what is changed. Undefined takes a claim out. */
async function token(changed: object = {}, header: object = {}, key = own): Promise<string> {
  const given = Object.fromEntries(Object.entries({ ...claims(), ...changed }).filter(([, one]) => one !== undefined));
  return new SignJWT(given)
    .setProtectedHeader({ alg: 'RS256', kid: 'own', ...header })
    .sign(key, { crit: { 'x-unknown': true } });
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (alg: string) => `${base64({ alg, kid: 'own' })}.${base64(claims())}.`;

function signedWithPublicKey(): string {
  const text = `${base64({ alg: 'HS256', kid: 'own' })}.${base64(claims())}`;
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
}

const FORGED: readonly (readonly [string, () => Promise<string> | string])[] = [
  ['no algorithm', () => unsigned('none')],
  ['the public key as a shared secret', signedWithPublicKey],
  ['another key', () => token({}, {}, other)],
  ['a key in its header', () => token({}, { jwk: otherJwk }, other)],
  ['an address of keys in its header', () => token({}, { jku: 'http://127.0.0.1:1/keys' }, other)],
  ['a path as the name of its key', () => token({}, { kid: '../../dev/null' }, other)],
  ['an extension that must be understood', () => token({}, { crit: ['x-unknown'], 'x-unknown': true })],
  ['the kind of an ID token', () => token({ token_use: 'id' })],
  ['an issuer with a slash', () => token({ iss: `${issuer}/` })],
  ['a list of issuers', () => token({ iss: [issuer] })],
  ['another client', () => token({ client_id: 'web' })],
  ['a list of clients', () => token({ client_id: [CLIENT] })],
  ['an audience instead of a client', () => token({ client_id: undefined, aud: CLIENT })],
  ['an end six seconds ago', () => token({ exp: SECOND - 6 })],
  ['no end', () => token({ exp: undefined })],
  ['a text as its end', () => token({ exp: String(SECOND + 290) })],
  ['a beginning that is ahead', () => token({ nbf: SECOND + 60 })],
  ['a time of issue that is ahead', () => token({ iat: SECOND + 60, exp: SECOND + 120 })],
  ['ten years to hold', () => token({ exp: SECOND + 315_360_000 })],
  ['no id', () => token({ jti: undefined })],
  ['no time of the sign-in', () => token({ auth_time: undefined })],
  ['a sign-in that is ahead', () => token({ auth_time: SECOND + 60 })],
  ['an end that was cut off', async () => (await token()).slice(0, -8)],
  ['four parts', async () => `${await token()}.e30`],
  ['nothing in it', () => ''],
];

/* An issuer's keys on a real server, and tokens that somebody else made (AUTH-001, AUTH-003, AUTH-004). */
describe('an access token', () => {
  it('proves who, at which provider, and when they signed in', async () => {
    expect(await verifier()(await token())).toEqual({
      provider: 'pool',
      subject: 'jo',
      authenticatedAt: '2026-11-29T11:59:48.000Z',
    });
  });

  it('holds for the seconds by which clocks differ, with an audience and without', async () => {
    expect(await verifier()(await token({ exp: SECOND - 3 }))).toBeDefined();
    expect(await verifier()(await token({ aud: CLIENT }))).toBeDefined();
  });

  it.each(FORGED)('is refused with %s', async (_, forge) => {
    expect(await verifier()(await forge())).toBeUndefined();
  });

  it('asks for unknown keys once in a while, not for each token', async () => {
    const verify = verifier();
    const before = asked;
    for (let number = 0; number < 50; number++) await verify(await token({}, { kid: `unknown-${number}` }, other));

    expect(asked - before).toBe(1);
  });

  it('is verified by the keys that are known while the issuer is down, and no other is', async () => {
    const verify = verifier();
    const mine = await token();
    expect(await verify(mine)).toBeDefined();
    isDown = true;

    expect(await verify(mine)).toBeDefined();
    expect(await verify(await token({}, { kid: 'unknown' }, other))).toBeUndefined();
    expect(await verifier()(mine)).toBeUndefined();
    isDown = false;
  });
});
