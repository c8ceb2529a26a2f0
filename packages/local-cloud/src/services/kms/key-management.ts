import { createHash, randomBytes } from 'node:crypto';
import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import { publicKeyOf, signDigest } from './elliptic-signature.ts';
import type { KeySpec, KeyStore, StoredKey } from './key-store.ts';
import { decryptWith, encryptWith, keyOfCiphertext } from './key-store.ts';

type Input = Readonly<Record<string, unknown>>;

/** Bytes that one Encrypt takes. */
const PLAINTEXT_BYTES = 4096;

const SIGNING_ALGORITHM = 'ECDSA_SHA_256';
const DIGEST_BYTES = 32;

const SPECS: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

/** The Key Management Service, for symmetric keys and for signatures on the curve P-256. */
export function keyManagement(store: KeyStore): AwsApi {
  return jsonApi({ signingName: 'kms', targetPrefix: 'TrentService', operations: keyOperations(store) });
}

/** Encrypt, Decrypt and GenerateDataKey; Sign and GetPublicKey. */
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
    Sign: (input: Input): unknown => {
      const key = findKey(store, input.KeyId, 'ECC_NIST_P256');
      if (input.SigningAlgorithm !== SIGNING_ALGORITHM) throw unsupportedAlgorithm(input);
      const signature = signDigest(secretOf(key), digestOf(input));
      return { Signature: signature.toString('base64'), KeyId: key.arn, SigningAlgorithm: SIGNING_ALGORITHM };
    },
    GetPublicKey: (input: Input): unknown => {
      const key = findKey(store, input.KeyId, 'ECC_NIST_P256');
      return {
        PublicKey: publicKeyOf(secretOf(key)).toString('base64'),
        ...{ KeyId: key.arn, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
        SigningAlgorithms: [SIGNING_ALGORITHM],
      };
    },
  };
}

const secretOf = ({ material }: StoredKey): Buffer => Buffer.from(material, 'base64');

function digestOf({ Message, MessageType = 'RAW' }: Input): Buffer {
  const message = readBlob(Message, 'message', PLAINTEXT_BYTES);
  if (MessageType === 'RAW') return createHash('sha256').update(message).digest();
  if (MessageType === 'DIGEST' && message.length === DIGEST_BYTES) return message;
  throw new ServiceError('ValidationException', `Digest is invalid length for algorithm ${SIGNING_ALGORITHM}.`);
}

const unsupportedAlgorithm = ({ SigningAlgorithm: algorithm, KeyId }: Input) =>
  new ServiceError('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key ${KeyId}.`);

function findKey(store: KeyStore, id: unknown, spec: KeySpec = 'SYMMETRIC_DEFAULT'): StoredKey {
  if (typeof id !== 'string' || id === '') throw new ServiceError('ValidationException', 'KeyId is required.');
  const key = store.find(id);
  if (!key) throw new ServiceError('NotFoundException', `Key '${id}' does not exist.`);
  if ((key.spec ?? 'SYMMETRIC_DEFAULT') !== spec)
    throw new ServiceError('InvalidKeyUsageException', `${key.arn} key usage is not the one of this operation.`);
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
