import type { StoredContent } from './asset.ts';

/** The bytes of versions. */
export interface Originals {
  /** Writes an object under its fresh key. Resolves when the bytes are durable. */
  write(content: StoredContent, bytes: Uint8Array): Promise<void>;
  remove(objectKey: string): Promise<void>;
}
