import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  canonicalHeader,
  canonicalPath,
  canonicalQuery,
  type HttpRequestParts,
  parseAmzDate,
  sha256,
} from './canonical-request.ts';

/** Signature Version 4A: one signature for every region, by an elliptic curve (AWS, "Signature Version 4A"). */
const ALGORITHM = 'AWS4-ECDSA-P256-SHA256';

const MAX_SKEW_MS = 15 * 60_000;

const AUTHORIZATION =
  /^AWS4-ECDSA-P256-SHA256 Credential=([^/,]+)\/((\d{8})\/([a-z0-9-]+)\/aws4_request), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]+)$/;

/**
 * Checks a signature in the Authorization header.
 * @param secrets secret access keys by access key id
 */
export function isSignedForAllRegions(
  request: HttpRequestParts,
  secrets: ReadonlyMap<string, string>,
  now: Date,
  service: string,
): boolean {
  const [, accessKeyId = '', scope = '', date = '', signedFor, names = '', signature = ''] =
    AUTHORIZATION.exec(String(request.headers.authorization ?? '')) ?? [];
  const amzDate = String(request.headers['x-amz-date'] ?? '');
  const signedAt = parseAmzDate(amzDate);
  const secret = secrets.get(accessKeyId);
  const signedHeaders = names.split(';');
  if (secret === undefined || signedAt === undefined || signedFor !== service || !amzDate.startsWith(date))
    return false;
  if (!signedHeaders.includes('host') || !signedHeaders.includes('x-amz-region-set')) return false;
  if (Math.abs(now.getTime() - signedAt) > MAX_SKEW_MS) return false;
  const canonical = [
    request.method,
    canonicalPath(request.path, service),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name])}`),
    '',
    names,
    request.bodySha256 ?? '',
  ].join('\n');
  const text = [ALGORITHM, amzDate, scope, sha256(canonical)].join('\n');
  return verify('sha256', Buffer.from(text), publicKey(accessKeyId, secret), Buffer.from(signature, 'hex'));
}

/** The key pair that follows from a secret: a number below the order of the curve, by NIST SP 800-108 in counter mode. */
function publicKey(accessKeyId: string, secret: string): KeyObject {
  const word = (value: number) => Buffer.from([0, 0, value >> 8, value & 255]);
  const fixed = [word(1), Buffer.from(`${ALGORITHM}\0${accessKeyId}`), Buffer.from([1]), word(256)];
  const derived = createHmac('sha256', `AWS4A${secret}`).update(Buffer.concat(fixed)).digest('hex');
  const scalar = (BigInt(`0x${derived}`) + 1n).toString(16).padStart(64, '0');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(scalar, 'hex'));
  const point = pair.getPublicKey();
  const part = (from: number) => point.subarray(from, from + 32).toString('base64url');
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) } });
}
