import type { ZipStorage } from './zip-storage.ts';

/** Bytes of a part: S3 wants 5 MB, and memory holds one or two of them. */
const PART = 8 * 2 ** 20;

/** A ZIP in the storage, written as a stream: it holds one part at a time. */
export class ZipParts {
  readonly #storage: ZipStorage;
  readonly #key: string;
  readonly #uploadId: string;
  readonly #etags: string[] = [];
  #buffer = Buffer.alloc(PART);
  #filled = 0;
  #written = 0;

  private constructor(storage: ZipStorage, key: string, uploadId: string) {
    this.#storage = storage;
    this.#key = key;
    this.#uploadId = uploadId;
  }

  static async begin(storage: ZipStorage, key: string, fileName: string): Promise<ZipParts> {
    return new ZipParts(storage, key, await storage.begin(key, fileName));
  }

  /** Bytes so far. */
  get written(): number {
    return this.#written;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#written += bytes.length;
    let rest = bytes;
    while (rest.length > 0) {
      const taken = rest.subarray(0, PART - this.#filled);
      this.#buffer.set(taken, this.#filled);
      this.#filled += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#filled === PART) await this.#flush();
    }
  }

  async end(): Promise<void> {
    if (this.#filled > 0) await this.#flush();
    await this.#storage.complete(this.#key, this.#uploadId, this.#etags);
  }

  abort(): Promise<void> {
    return this.#storage.abort(this.#key, this.#uploadId);
  }

  async #flush(): Promise<void> {
    const part = this.#buffer.subarray(0, this.#filled);
    this.#etags.push(await this.#storage.writePart(this.#key, this.#uploadId, this.#etags.length + 1, part));
    // The SDK may still hold the part that it sent.
    this.#buffer = Buffer.alloc(PART);
    this.#filled = 0;
  }
}
