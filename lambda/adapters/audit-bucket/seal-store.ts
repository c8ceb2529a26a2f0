import { createHash, createPublicKey } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { AUDIT_PREFIXES } from '../../contract/audit-bucket.ts';
import type { SealStore } from '../../core/audit/seal-chains.ts';

/** Digits of a seal's number in its key, so that keys sort as numbers do, and of its folder. */
const DIGITS = 12;
const FOLDER_DIGITS = 9;

/** Seals in the locked bucket, a thousand in a folder, so that the last one is found by two lists however many there are. */
export function sealStore(client: S3Client, Bucket: string): SealStore {
  const list = async (Prefix: string, Delimiter?: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix, Delimiter })) {
      found.push(...(page.CommonPrefixes ?? []).map(({ Prefix: folder = '' }) => folder));
      found.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    }
    return found;
  };
  /** @returns false when there is something under the key */
  const putNew = async (Key: string, Body: string | Uint8Array, ContentType: string): Promise<boolean> => {
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  };
  return {
    last: async () => {
      const newest = (await list(AUDIT_PREFIXES.seals, '/')).at(-1);
      const files = newest === undefined ? [] : await list(newest);
      const key = files.filter((one) => one.endsWith('.txt')).at(-1);
      if (key === undefined) return undefined;
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
      return {
        number: Number(key.slice(-DIGITS - '.txt'.length, -'.txt'.length)),
        text: (await Body?.transformToString()) ?? '',
        isSigned: files.includes(key.replace(/txt$/, 'sig')),
      };
    },
    put: (number, text) => putNew(`${keyOf(number)}.txt`, text, 'text/plain'),
    putSignature: async (number, signature) =>
      void (await putNew(`${keyOf(number)}.sig`, signature, 'application/octet-stream')),
    keepPublicKey: async (key) => {
      const fingerprint = createHash('sha256').update(key).digest('hex');
      const pem = createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' });
      const text = pem.export({ format: 'pem', type: 'spki' });
      await putNew(`${AUDIT_PREFIXES.keys}${fingerprint}.pem`, text, 'application/x-pem-file');
    },
  };
}

function keyOf(number: number): string {
  const name = String(number).padStart(DIGITS, '0');
  return `${AUDIT_PREFIXES.seals}${name.slice(0, FOLDER_DIGITS)}/${name}`;
}

/** 412 when it is there, 409 when another put of it is under way (S3 API reference, "PutObject"). */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name);
