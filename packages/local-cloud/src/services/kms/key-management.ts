import { randomBytes } from 'node:crypto';
import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { KeyStore, StoredKey } from './key-store.ts';
import { decryptWith, encryptWith, keyOfCiphertext } from './key-store.ts';

type Input = Readonly<Record<string, unknown>>;

/** Bytes that one Encrypt takes. */
const PLAINTEXT_BYTES = 4096;

const SPECS: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

/** The Key Management Service, for symmetric keys. */
export function keyManagement(store: KeyStore): AwsApi {
  return jsonApi({ signingName: 'kms', targetPrefix: 'TrentService', operations: keyOperations(store) });
}

/** Encrypt, Decrypt and GenerateDataKey. */
export function keyOperations(store: KeyStore) {
  return {
    Encrypt: (input: Input): unknown => {
      const key = findKey(store, input.KeyId);
      const plaintext = readBlob(input.Plaintext, 'plaintext', PLAINTEXT_BYTES);
      return {
        CiphertextBlob: encryptWith(key, plaintext, contextOf(input)).toString('base64'),
        KeyId: key.arn,
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
    Decrypt: (input: Input): unknown => {
      const blob = readBlob(input.CiphertextBlob, 'ciphertextBlob', 6144);
      const key = store.find(keyOfCiphertext(blob));
      if (!key) throw new ServiceError('InvalidCiphertextException', '');
      if (input.KeyId !== undefined && findKey(store, input.KeyId).arn !== key.arn) {
        throw new ServiceError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can.');
      }
      return {
        Plaintext: decrypt(key, blob, contextOf(input)).toString('base64'),
        KeyId: key.arn,
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
    GenerateDataKey: (input: Input): unknown => {
      const key = findKey(store, input.KeyId);
      const plaintext = randomBytes(dataKeyBytes(input));
      return {
        CiphertextBlob: encryptWith(key, plaintext, contextOf(input)).toString('base64'),
        Plaintext: plaintext.toString('base64'),
        KeyId: key.arn,
      };
    },
  };
}

function findKey(store: KeyStore, id: unknown): StoredKey {
  if (typeof id !== 'string' || id === '') throw new ServiceError('ValidationException', 'KeyId is required.');
  const key = store.find(id);
  if (!key) throw new ServiceError('NotFoundException', `Key '${id}' does not exist.`);
  return key;
}

function readBlob(value: unknown, name: string, maximum: number): Buffer {
  const blob = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (blob.length >= 1 && blob.length <= maximum) return blob;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length between 1 and ${maximum}.`,
  );
}

/** The same text for the same pairs, in whatever order. */
function contextOf({ EncryptionContext: context }: Input): string {
  const pairs = Object.entries(typeof context === 'object' && context !== null ? context : {});
  return JSON.stringify(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function decrypt(key: StoredKey, blob: Buffer, context: string): Buffer {
  try {
    return decryptWith(key, blob, context);
  } catch {
    throw new ServiceError('InvalidCiphertextException', '');
  }
}

function dataKeyBytes({ KeySpec: spec, NumberOfBytes: bytes }: Input): number {
  const length = typeof spec === 'string' ? SPECS[spec] : bytes;
  if (typeof length === 'number' && length >= 1 && length <= 1024 && (spec === undefined) !== (bytes === undefined)) {
    return length;
  }
  throw new ServiceError('ValidationException', 'Please specify either number of bytes or key spec.');
}
