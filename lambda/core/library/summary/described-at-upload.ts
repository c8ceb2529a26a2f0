import { createHash } from 'node:crypto';
import { versionIdOfKey } from '../../../contract/object-keys.ts';
import type { Content } from '../asset.ts';
import type { SourceBytes } from '../source-bytes.ts';
import type { ContentSummary } from '../store/content-summary.ts';
import type { LibraryStore } from '../store/library-store.ts';

/**
 * All that is ever noted of a file that is no picture, so that nobody has to read it again after its upload. A picture is decoded
 * after the answer; of bytes that are stored already only the beginning is here.
 */
export function summaryOfBytes({
  content: { fileType },
  bytes,
  storedAt,
}: SourceBytes & { readonly content: Content }): ContentSummary | undefined {
  if (fileType === 'image' || storedAt !== undefined) return undefined;
  return { sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Whether an object is the first version of a file whose upload is complete and whose bytes are described: what most events of
 * S3 tell of, and nothing is left to do then. One read.
 */
export async function isDescribed(store: Pick<LibraryStore, 'head'>, objectKey: string): Promise<boolean> {
  const versionId = versionIdOfKey(objectKey);
  if (versionId === undefined) return false;
  const head = await store.head(versionId);
  return head?.versionId === versionId && head.objectKey === objectKey && head.summary !== undefined;
}
