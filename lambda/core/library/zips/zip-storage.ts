/** Where ZIPs are written, part by part, and read by whoever has a URL for it. They end by themselves after a day. */
export interface ZipStorage {
  /** @param fileName under which a browser saves it @returns what names the upload */
  begin(key: string, fileName: string): Promise<string>;
  /** @param number from 1; all parts but the last have 5 MB at least @returns its entity tag */
  writePart(key: string, uploadId: string, number: number, bytes: Uint8Array): Promise<string>;
  /** @param etags of all parts in their order */
  complete(key: string, uploadId: string, etags: readonly string[]): Promise<void>;
  abort(key: string, uploadId: string): Promise<void>;
  /** A URL that gives it without a key. @param seconds for which it holds */
  sign(key: string, seconds: number): Promise<string>;
}

/** Bytes of files. */
export interface ZippedBytes {
  /** An original, by its key in the storage. */
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
