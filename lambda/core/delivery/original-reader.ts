/** The bytes of originals. */
export interface OriginalReader {
  /** @throws when there is no such object or it is larger than `maximumBytes`: the record said otherwise */
  read(objectKey: string, maximumBytes: number): Promise<Uint8Array>;
}
