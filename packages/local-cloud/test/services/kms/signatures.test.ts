import { createHash, createPublicKey, verify } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { keyOperations } from '../../../src/services/kms/key-management.ts';
import { KeyStore } from '../../../src/services/kms/key-store.ts';

const KeyId = 'arn:aws:kms:eu-west-1:000000000000:key/seals';
const SYMMETRIC = 'arn:aws:kms:eu-west-1:000000000000:key/one';
const SigningAlgorithm = 'ECDSA_SHA_256';
const MESSAGE = Buffer.from('what is sealed');
const Digest = createHash('sha256').update(MESSAGE).digest('base64');
let kms: ReturnType<typeof keyOperations>;

beforeEach(async () => {
  const store = await KeyStore.open(undefined);
  await store.ensure(KeyId, 'ECC_NIST_P256');
  await store.ensure(SYMMETRIC);
  kms = keyOperations(store);
});

type Answer = Readonly<Record<string, string>>;
const sign = (input: object) => kms.Sign({ KeyId, SigningAlgorithm, ...input } as never) as Answer;
const bytesOf = (text = '') => Buffer.from(text, 'base64');

/** By OpenSSL, which knows nothing of the key but what KMS gives out. */
function isSigned(message: Buffer, { Signature }: Answer): boolean {
  const { PublicKey } = kms.GetPublicKey({ KeyId }) as Answer;
  const key = createPublicKey({ key: bytesOf(PublicKey), format: 'der', type: 'spki' });
  return verify('sha256', message, key, bytesOf(Signature));
}

test('a digest is signed so that anybody can verify the message by the public key', () => {
  const signatures = Array.from({ length: 200 }, () => sign({ Message: Digest, MessageType: 'DIGEST' }));

  expect(signatures.every((one) => isSigned(MESSAGE, one))).toBe(true);
  expect(isSigned(Buffer.from('something else'), signatures[0] as Answer)).toBe(false);
  expect(new Set(signatures.map(({ Signature }) => Signature)).size).toBe(200);
});

test('a message of up to 4096 bytes is hashed first', () => {
  expect(isSigned(MESSAGE, sign({ Message: MESSAGE.toString('base64') }))).toBe(true);
  expect(() => sign({ Message: Buffer.alloc(4097).toString('base64') })).toThrow(/4096/);
});

test('each key does what it is for', () => {
  expect(() => sign({ KeyId: SYMMETRIC, Message: Digest })).toThrow(/key usage/);
  expect(() => kms.Encrypt({ KeyId, Plaintext: Digest } as never)).toThrow(/key usage/);
  expect(() => sign({ Message: Digest, SigningAlgorithm: 'ECDSA_SHA_384' })).toThrow(/incompatible/);
  expect(() => sign({ Message: Buffer.alloc(31).toString('base64'), MessageType: 'DIGEST' })).toThrow(/Digest/);
});

test('a key is the same after a restart', async () => {
  const store = await KeyStore.open(undefined);
  await store.ensure(KeyId, 'ECC_NIST_P256');
  await store.ensure(KeyId, 'ECC_NIST_P256');
  const [first, second] = [1, 2].map(() => keyOperations(store).GetPublicKey({ KeyId }) as Answer);

  expect(first).toEqual(second);
});
