import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';
import { secretNumber } from './elliptic-signature.ts';

/** `KeySpec` of the keys that are run here. */
export type KeySpec = 'SYMMETRIC_DEFAULT' | 'ECC_NIST_P256';

/** A key of the local cloud. */
export interface StoredKey {
  readonly arn: string;
  /** Base64 of 256 bits: a key of AES, or the secret number of a curve. */
  readonly material: string;
  /** @default SYMMETRIC_DEFAULT */
  readonly spec?: KeySpec;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The KMS keys of the local cloud, made once and then kept in a file that only its owner may read. */
export class KeyStore {
  readonly #file: string | undefined;
  readonly #keys: Map<string, StoredKey>;
  readonly #aliases = new Map<string, string>();
  /** Writes follow each other, so that the last one has everything. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined, keys: Map<string, StoredKey>) {
    this.#file = file;
    this.#keys = keys;
  }

  /** @param file undefined keeps keys in memory */
  static async open(file: string | undefined): Promise<KeyStore> {
    const state = file === undefined ? undefined : ((await readState(file)) as { keys?: StoredKey[] } | undefined);
    return new KeyStore(file, new Map((state?.keys ?? []).map((key) => [key.arn, key])));
  }

  /** Makes the key unless it is there. */
  async ensure(arn: string, spec: KeySpec = 'SYMMETRIC_DEFAULT'): Promise<void> {
    if (this.#keys.has(arn)) return;
    const material = spec === 'ECC_NIST_P256' ? secretNumber() : randomBytes(32);
    this.#keys.set(arn, { arn, material: material.toString('base64'), ...(spec !== 'SYMMETRIC_DEFAULT' && { spec }) });
    const file = this.#file;
    if (file === undefined) return;
    const keys = [...this.#keys.values()];
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(file, { keys }));
    await this.#writing;
  }

  /** @param target ARN or id of a key */
  alias(name: string, target: string): void {
    this.#aliases.set(name, target);
  }

  /** @param id ARN, id or alias, or the ARN of an alias */
  find(id: string): StoredKey | undefined {
    const alias = /(?:^|:)(alias\/.+)$/.exec(id)?.[1];
    const wanted = alias === undefined ? id : (this.#aliases.get(alias) ?? '');
    return this.#keys.get(wanted) ?? [...this.#keys.values()].find(({ arn }) => arn.endsWith(`:key/${wanted}`));
  }
}

/** Length and text of the key's ARN, nonce, tag, and the encrypted bytes. */
export function encryptWith(key: StoredKey, plaintext: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(key.material, 'base64'), nonce);
  cipher.setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const arn = Buffer.from(key.arn);
  return Buffer.concat([Buffer.from([arn.length]), arn, nonce, cipher.getAuthTag(), encrypted]);
}

/** The ARN of the key that a ciphertext was made with, as it says itself. */
export function keyOfCiphertext(blob: Buffer): string {
  return blob.subarray(1, 1 + (blob[0] ?? 0)).toString();
}

/** @throws when the ciphertext was changed, or made with another key or context */
export function decryptWith(key: StoredKey, blob: Buffer, context: string): Buffer {
  const rest = blob.subarray(1 + (blob[0] ?? 0));
  const nonce = rest.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, Buffer.from(key.material, 'base64'), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(rest.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(rest.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
