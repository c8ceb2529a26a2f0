import { createHash, type Hash } from 'node:crypto';
import { s3Error } from '../errors.ts';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import type { BodyChecks } from './body-checks.ts';
import { type Checksum, checksumHeader, type RunningChecksum, startChecksum } from './checksums.ts';

/** What is known of a body after it was read to its end. */
export interface BodyDigest {
  readonly size: number;
  readonly md5: Buffer;
  readonly checksum: Checksum;
}

/** Bytes in pieces, as streams give them. */
export type Pieces = AsyncIterable<Buffer>;

/**
 * Reads a body to its end, hands its decoded pieces to `sink` one after the other, and checks length and digests. The
 * sink has seen all bytes by the time a check fails, so it must be able to take them back.
 *
 * @throws S3Error EntityTooLarge, IncompleteBody, BadDigest, XAmzContentSHA256Mismatch, MalformedTrailerError
 */
export async function readBody(
  pieces: Pieces,
  checks: BodyChecks,
  maximumBytes: number,
  sink: (piece: Buffer) => Promise<void> | void,
): Promise<BodyDigest> {
  if ((checks.length ?? 0) > maximumBytes) throw s3Error('EntityTooLarge');
  const meter = new Meter(checks);
  const decoder = checks.awsChunked ? new AwsChunkedDecoder() : undefined;
  for await (const piece of pieces) {
    for (const payload of decoder ? decoder.decode(piece) : [piece]) {
      meter.add(payload);
      if (meter.size > maximumBytes) throw s3Error('EntityTooLarge');
      await sink(payload);
    }
  }
  decoder?.end();
  return meter.finish(decoder?.trailers ?? new Map());
}

/** Reads a small body, such as an XML document, into one string. @throws S3Error as `readBody` */
export async function readText(pieces: Pieces, checks: BodyChecks, maximumBytes: number): Promise<string> {
  const read: Buffer[] = [];
  if ((checks.length ?? 0) > maximumBytes) throw s3Error('MaxMessageLengthExceeded');
  await readBody(pieces, checks, maximumBytes, (piece) => {
    read.push(piece);
  });
  return Buffer.concat(read).toString();
}

class Meter {
  size = 0;
  readonly #checks: BodyChecks;
  readonly #md5: Hash = createHash('md5');
  readonly #sha256: Hash | undefined;
  readonly #checksum: RunningChecksum;

  constructor(checks: BodyChecks) {
    this.#checks = checks;
    this.#sha256 = checks.sha256 === undefined ? undefined : createHash('sha256');
    this.#checksum = startChecksum(checks.algorithm);
  }

  add(piece: Buffer): void {
    this.size += piece.length;
    this.#md5.update(piece);
    this.#sha256?.update(piece);
    this.#checksum.update(piece);
  }

  finish(trailers: ReadonlyMap<string, string>): BodyDigest {
    const { length, sha256, algorithm } = this.#checks;
    if (length !== undefined && length !== this.size) throw s3Error('IncompleteBody');
    if (this.#sha256 && this.#sha256.digest('hex') !== sha256) throw s3Error('XAmzContentSHA256Mismatch');
    const md5 = this.#md5.digest();
    if (this.#checks.md5 !== undefined && this.#checks.md5 !== md5.toString('base64')) throw s3Error('BadDigest');
    const value = this.#checksum.digest().toString('base64');
    if ((this.#expectedChecksum(trailers) ?? value) !== value) {
      throw s3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
    return { size: this.size, md5, checksum: { algorithm, value, type: 'FULL_OBJECT' } };
  }

  #expectedChecksum(trailers: ReadonlyMap<string, string>): string | undefined {
    const { checksum, algorithm } = this.#checks;
    if (checksum !== 'trailer') return checksum?.value;
    const value = trailers.get(checksumHeader(algorithm));
    if (value === undefined) throw s3Error('MalformedTrailerError', 'The announced trailer did not come');
    return value;
  }
}
