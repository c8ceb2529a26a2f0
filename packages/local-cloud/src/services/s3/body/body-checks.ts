import { s3Error } from '../errors.ts';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumHeader,
  DEFAULT_ALGORITHM,
  readAlgorithm,
} from './checksums.ts';

/** Lower-case names, one value each. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** What a body must fulfil, as its headers say, before any of it is read. */
export interface BodyChecks {
  readonly awsChunked: boolean;
  /** Bytes after decoding. */
  readonly length?: number;
  /** Hexadecimal. */
  readonly sha256?: string;
  /** Base64. */
  readonly md5?: string;
  /** Which checksum to compute. */
  readonly algorithm: ChecksumAlgorithm;
  /** The value it must have, base64; undefined when the client sent none, 'trailer' when it follows the body. */
  readonly checksum?: { readonly value: string } | 'trailer';
}

/**
 * @param payloadHash what the signature covers: a SHA-256 in hexadecimal, UNSIGNED-PAYLOAD or STREAMING-…
 * @throws S3Error for checks that contradict each other or cannot be done
 */
export function readBodyChecks(headers: Headers, payloadHash: string): BodyChecks {
  // Chunk signatures are not computed here; to take such a body unchecked would weaken what its sender asked for.
  if (payloadHash.startsWith('STREAMING-AWS4')) {
    throw s3Error('NotImplemented', 'Signed chunks are not offered here; send STREAMING-UNSIGNED-PAYLOAD-TRAILER');
  }
  if (!/^(UNSIGNED-PAYLOAD|STREAMING-UNSIGNED-PAYLOAD-TRAILER|[0-9a-f]{64})$/.test(payloadHash)) {
    throw s3Error('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a SHA-256 in hexadecimal');
  }
  const awsChunked = payloadHash.startsWith('STREAMING-') || /\baws-chunked\b/.test(headers['content-encoding'] ?? '');
  const length = readLength(headers, awsChunked);
  const md5 = headers['content-md5'];
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) throw s3Error('InvalidDigest');
  return {
    awsChunked,
    ...(length !== undefined && { length }),
    ...(/^[0-9a-f]{64}$/.test(payloadHash) && { sha256: payloadHash }),
    ...(md5 !== undefined && { md5 }),
    ...readChecksum(headers),
  };
}

/** Checks for bytes that this server itself hands on: none, only the checksum to compute. */
export function noChecks(algorithm: ChecksumAlgorithm): BodyChecks {
  return { awsChunked: false, algorithm };
}

function readLength(headers: Headers, awsChunked: boolean): number | undefined {
  const text = awsChunked ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw s3Error('InvalidArgument', 'The content length must be a number of bytes');
  return Number(text);
}

function readChecksum(headers: Headers): Pick<BodyChecks, 'algorithm' | 'checksum'> {
  const trailer = headers['x-amz-trailer']?.trim().toLowerCase();
  const given = CHECKSUM_ALGORITHMS.filter((algorithm) => headers[checksumHeader(algorithm)] !== undefined);
  const trailing = CHECKSUM_ALGORITHMS.filter((algorithm) => trailer === checksumHeader(algorithm));
  const [algorithm, second] = [...given, ...trailing];
  if (second) throw s3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple are not allowed.');
  if (!algorithm) {
    const named = headers['x-amz-sdk-checksum-algorithm'] ?? headers['x-amz-checksum-algorithm'];
    return { algorithm: named ? readAlgorithm(named) : DEFAULT_ALGORITHM };
  }
  const value = headers[checksumHeader(algorithm)];
  return { algorithm, checksum: value === undefined ? 'trailer' : { value } };
}
