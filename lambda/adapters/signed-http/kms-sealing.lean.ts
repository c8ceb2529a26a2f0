import { isWithin } from '../cached.lean.ts';
import { kmsCaller, requiredText } from './kms-call.lean.ts';
import type { Environment } from './service-endpoint.lean.ts';

/** How long a warm function remembers what it decrypted, in milliseconds. */
const MEMORY = 300_000;

/** Says what a text belongs to: ciphertext that is moved to something else does not decrypt (AWS KMS, "Encryption context"). */
export type ContextOf = (id: string) => Readonly<Record<string, string>>;

/** Encrypts texts in KMS itself; they fit into the 4096 bytes of one call. */
export function textSealer(environment: Environment, keyId: string, contextOf: ContextOf) {
  const kms = kmsCaller(environment);
  return async (id: string, text: string): Promise<string> => {
    const Plaintext = Buffer.from(text).toString('base64');
    const answer = await kms('Encrypt', { KeyId: keyId, Plaintext, EncryptionContext: contextOf(id) });
    return requiredText(answer.CiphertextBlob);
  };
}

/** Decrypts such texts, and remembers them for some minutes: a function that is asked often would pay for each call. */
export function textOpener(environment: Environment, keyId: string, contextOf: ContextOf, now = Date.now) {
  const kms = kmsCaller(environment);
  const known = new Map<string, { readonly openedAt: number; readonly text: Promise<string> }>();
  const decrypt = async (id: string, sealed: string): Promise<string> => {
    const input = { KeyId: keyId, CiphertextBlob: sealed, EncryptionContext: contextOf(id) };
    return Buffer.from(requiredText((await kms('Decrypt', input)).Plaintext), 'base64').toString();
  };
  return (id: string, sealed: string): Promise<string> => {
    const found = known.get(id + sealed);
    if (found && isWithin(MEMORY, found.openedAt, now())) return found.text;
    const text = decrypt(id, sealed);
    known.set(id + sealed, { openedAt: now(), text });
    text.catch(() => known.delete(id + sealed));
    return text;
  };
}
