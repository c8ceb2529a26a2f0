import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { AUDIT_PREFIXES } from '../../lambda/contract/audit-bucket.ts';
import { readSeal, type Seal, sealHash } from '../../lambda/core/audit/seal.ts';
import type { CopiedFile, ListCopy } from './copied-files.ts';

export interface SealsVerdict {
  /** A sentence for each seal that is not what it must be. */
  readonly faults: readonly string[];
  /** Those that are signed, oldest first. */
  readonly seals: readonly Seal[];
}

/**
 * Looks at every seal: whether it is signed, follows the one before, and none is left out. What a seal says is believed only if
 * its signature holds.
 * @param trusted PEM of the public key. Default: the keys beside the seals
 * @throws ChainsNotRead
 */
export async function verifySeals(list: ListCopy, trusted?: string): Promise<SealsVerdict> {
  const keys = trusted === undefined ? await keysOf(list) : [createPublicKey(trusted)];
  const files = await list(AUDIT_PREFIXES.seals);
  const signatures = new Map(files.map((file) => [file.key, file]));
  const faults: string[] = [];
  const seals: Seal[] = [];
  let before: { readonly number: number; readonly hash: string } = { number: 0, hash: '' };
  for (const file of files.filter(({ key }) => key.endsWith('.txt'))) {
    const bytes = await file.read();
    const seal = readSeal(bytes.toString());
    const number = numberOf(file);
    if (number !== before.number + 1) faults.push(`Seal ${before.number + 1} is missing.`);
    if (file.later > 0) faults.push(`Seal ${number} was put again; the first one counts.`);
    const signature = await signatures.get(file.key.replace(/txt$/, 'sig'))?.read();
    if (!seal || seal.number !== number || !isSigned(bytes, signature, keys)) {
      faults.push(`Seal ${number} is not signed, or not what was signed.`);
    } else {
      if (seal.number === before.number + 1 && seal.previous !== before.hash)
        faults.push(`Seal ${number} does not follow the one before it.`);
      seals.push(seal);
    }
    before = { number, hash: sealHash(bytes.toString()) };
  }
  return { faults, seals };
}

async function keysOf(list: ListCopy): Promise<readonly KeyObject[]> {
  const files = await list(AUDIT_PREFIXES.keys);
  return Promise.all(files.map(async (file) => createPublicKey(await file.read())));
}

const numberOf = ({ key }: CopiedFile): number => Number(/(\d+)\.txt$/.exec(key)?.[1]);

const isSigned = (text: Buffer, signature: Buffer | undefined, keys: readonly KeyObject[]): boolean =>
  signature !== undefined && keys.some((key) => verify('sha256', text, key, signature));
