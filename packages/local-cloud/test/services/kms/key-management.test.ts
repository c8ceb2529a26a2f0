import { beforeEach, expect, test } from 'vitest';
import { keyOperations } from '../../../src/services/kms/key-management.ts';
import { KeyStore } from '../../../src/services/kms/key-store.ts';

const ARN = 'arn:aws:kms:eu-west-1:000000000000:key/one';
const OTHER = 'arn:aws:kms:eu-west-1:000000000000:key/other';
let kms: ReturnType<typeof keyOperations>;

beforeEach(async () => {
  const store = await KeyStore.open(undefined);
  await store.ensure(ARN);
  await store.ensure(OTHER);
  store.alias('alias/a', 'one');
  kms = keyOperations(store);
});

type Answer = Readonly<Record<string, string>>;
const encrypt = (input: object) => kms.Encrypt(input as never) as Answer;
const decrypt = (input: object) => kms.Decrypt(input as never) as Answer;
const generate = (input: object) => kms.GenerateDataKey(input as never) as Answer;
const Plaintext = Buffer.from('text').toString('base64');

test.each([ARN, 'one', 'alias/a', 'arn:aws:kms:eu-west-1:000000000000:alias/a'])('a key is found as %s', (KeyId) => {
  const { CiphertextBlob, KeyId: named } = encrypt({ KeyId, Plaintext });

  expect(named).toBe(ARN);
  expect(decrypt({ CiphertextBlob, KeyId }).Plaintext).toBe(Plaintext);
});

test('the context must be the same, in whatever order', () => {
  const { CiphertextBlob } = encrypt({ KeyId: ARN, Plaintext, EncryptionContext: { a: '1', b: '2' } });

  expect(decrypt({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }).Plaintext).toBe(Plaintext);
  expect(() => decrypt({ CiphertextBlob, EncryptionContext: { a: '1' } })).toThrow();
  expect(() => decrypt({ CiphertextBlob })).toThrow();
});

test('another key is another key', () => {
  const { CiphertextBlob = '' } = encrypt({ KeyId: ARN, Plaintext });
  const renamed = Buffer.from(CiphertextBlob, 'base64');
  renamed.write('key/two', renamed.indexOf('key/one'));

  expect(() => decrypt({ CiphertextBlob, KeyId: OTHER })).toThrow(/does not identify/);
  expect(() => decrypt({ CiphertextBlob: renamed.toString('base64') })).toThrow();
  expect(() => encrypt({ KeyId: 'alias/none', Plaintext })).toThrow(/does not exist/);
});

test('one call takes 4096 bytes', () => {
  const bytes = (length: number) => Buffer.alloc(length).toString('base64');

  expect(() => encrypt({ KeyId: ARN, Plaintext: bytes(4096) })).not.toThrow();
  expect(() => encrypt({ KeyId: ARN, Plaintext: bytes(4097) })).toThrow(/4096/);
  expect(() => encrypt({ KeyId: ARN })).toThrow(/length between 1/);
});

test('a data key comes plain and encrypted', () => {
  const { CiphertextBlob, Plaintext: plain = '' } = generate({ KeyId: ARN, KeySpec: 'AES_256' });

  expect(Buffer.from(plain, 'base64')).toHaveLength(32);
  expect(decrypt({ CiphertextBlob }).Plaintext).toBe(plain);
  expect(() => generate({ KeyId: ARN })).toThrow(/key spec/);
});
