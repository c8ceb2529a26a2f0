/** Where ZIPs are written, and read by whoever has a URL for them. They end by themselves after a day. */
export interface ZipStorage {
  /**
   * Takes the members one after the other, each as fast as it is stored.
   * @param fileName under which a browser saves it
   * @throws what the members throw; there is no ZIP then
   */
  write(key: string, fileName: string, members: AsyncIterable<ZipMember>): Promise<void>;
  /** A URL that gives it without a key. @param seconds for which it holds */
  sign(key: string, seconds: number): Promise<string>;
}

export interface ZipMember {
  /** Relative path, its parts separated by `/`; no two members have the same. */
  readonly name: string;
  /** ISO 8601. */
  readonly modifiedAt: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Bytes of files. */
export interface ZippedBytes {
  /**
   * An original, by its key in the storage.
   * @throws Problem file.at-origin where only another worker can read it, or why its origin does not give it
   */
  original(objectKey: string): Promise<AsyncIterable<Uint8Array>>;
  /**
   * A file as delivery gives it by a named transformation.
   * @returns undefined when it does not
   */
  transformed(path: string, name: string): Promise<Delivered | undefined>;
}

export interface Delivered {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly contentType: string;
}

/** Hours for which a ZIP is kept. */
export const ZIP_HOURS = 24;
