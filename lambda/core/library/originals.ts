import type { StoredContent } from './asset.ts';

/** The bytes of versions. */
export interface Originals {
  /** Writes an object under its fresh key. Resolves when the bytes are durable. */
  write(content: StoredContent, bytes: Uint8Array): Promise<void>;
  /**
   * Copies an object's bytes under another fresh key, on the server's side; whole or not at all.
   * @param size bytes of the object
   * @throws Problem busy when it takes too long
   */
  copy(from: string, to: string, size: number): Promise<void>;
  /** Leaves nothing of an object, older generations included; what stays at its origin is left there. */
  erase(objectKey: string): Promise<void>;
}
