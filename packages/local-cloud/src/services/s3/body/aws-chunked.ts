import { s3Error } from '../errors.ts';

/** Longest line of a chunk header or trailer. A client could otherwise make the server keep an endless one. */
const MAX_LINE_BYTES = 4096;
const MAX_TRAILERS = 16;

/**
 * Decodes the content encoding `aws-chunked` (S3 API reference, "Transferring payload in multiple chunks"): chunks as in
 * HTTP, then trailers such as a checksum.
 */
export class AwsChunkedDecoder {
  readonly trailers = new Map<string, string>();
  #pending: Buffer = Buffer.alloc(0);
  #left = 0;
  #state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';

  /** The payload in one more piece of the wire. @throws S3Error IncompleteBody, MalformedTrailerError */
  decode(piece: Buffer): Buffer[] {
    const payload: Buffer[] = [];
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, piece]) : piece;
    let progress = true;
    while (progress) progress = this.#state === 'data' ? this.#takeData(payload) : this.#takeLine();
    return payload;
  }

  /** @throws S3Error IncompleteBody when the last chunk has not come */
  end(): void {
    if (this.#state !== 'done' && this.#state !== 'trailer') throw s3Error('IncompleteBody');
  }

  #takeData(payload: Buffer[]): boolean {
    const data = this.#pending.subarray(0, this.#left);
    if (data.length > 0) payload.push(data);
    this.#pending = this.#pending.subarray(data.length);
    this.#left -= data.length;
    if (this.#left > 0) return false;
    this.#state = 'data-end';
    return true;
  }

  #takeLine(): boolean {
    const end = this.#pending.indexOf('\r\n');
    if ((end < 0 ? this.#pending.length : end) > MAX_LINE_BYTES) {
      throw s3Error('InvalidRequest', 'A line of the aws-chunked body is too long');
    }
    if (end < 0) return false;
    const line = this.#pending.toString('latin1', 0, end);
    this.#pending = this.#pending.subarray(end + 2);
    this.#readLine(line);
    return true;
  }

  #readLine(line: string): void {
    if (this.#state === 'size') this.#readSize(line);
    else if (this.#state === 'data-end' && line === '') this.#state = 'size';
    else if (this.#state === 'trailer') this.#readTrailer(line);
    else if (line !== '') throw s3Error('IncompleteBody', 'The aws-chunked body is malformed');
  }

  #readSize(line: string): void {
    const [, size] = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(line) ?? [];
    if (size === undefined) throw s3Error('IncompleteBody', 'The size of a chunk is malformed');
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left > 0 ? 'data' : 'trailer';
  }

  #readTrailer(line: string): void {
    if (line === '') {
      this.#state = 'done';
      return;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || this.trailers.size >= MAX_TRAILERS) throw s3Error('MalformedTrailerError');
    this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}
