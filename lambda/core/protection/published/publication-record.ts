/** What a store held after the last publication. */
export interface Publication {
  /** Of the store. */
  readonly storeId: string;
  /** Of its state. */
  readonly version: string;
  /** By key, a digest of the value: values are not repeated here, because keys that sign are among them. */
  readonly digests: Readonly<Record<string, string>>;
  /** Milliseconds since 1970: when the store was read in full. */
  readonly comparedAt: number;
}

/**
 * Remembers the last publication, so that the store is called on change and not by the clock. Whoever publishes begins,
 * which forgets what was known, and finishes, which counts only if nobody else has begun since. What a dead publisher
 * leaves is therefore unknown, and the next one reads the store.
 */
export interface PublicationRecord {
  /** Consistent. @returns undefined when it is not known what the store holds */
  read(): Promise<Publication | undefined>;
  /** @param token of this publisher alone */
  begin(token: string): Promise<void>;
  /** @returns false when somebody else has begun since */
  finish(token: string, publication: Publication): Promise<boolean>;
}
