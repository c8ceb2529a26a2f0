import { timingSafeEqual } from 'node:crypto';
import { type HttpRequestParts, parseAmzDate, signature } from './canonical-request.ts';
import { type Claim, MalformedClaim, readClaim } from './claim.ts';

export type { HttpRequestParts } from './canonical-request.ts';

export type VerdictCode =
  | 'MissingAuthentication'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestExpired'
  | 'RequestTimeTooSkewed'
  | 'Malformed';

export type Verdict =
  | {
      readonly ok: true;
      readonly accessKeyId: string;
      /** The signed payload hash, UNSIGNED-PAYLOAD or STREAMING-…; whoever reads the body compares it. */
      readonly payloadHash: string;
    }
  | { readonly ok: false; readonly code: VerdictCode; readonly message: string };

/** Fifteen minutes, as AWS allows. */
const MAX_SKEW_MS = 15 * 60_000;

/**
 * Checks an AWS Signature Version 4 in the Authorization header or in the query of a presigned URL. The body is not
 * read here: the caller compares `payloadHash` with it.
 *
 * @param secrets secret access keys by access key id
 * @param scope the service that the signature must be for
 */
export function verifySignature(
  request: HttpRequestParts,
  secrets: ReadonlyMap<string, string>,
  now: Date,
  scope: { readonly service: string },
): Verdict {
  try {
    const claim = readClaim(request);
    if (!claim) return refusal('MissingAuthentication', 'The request is not signed');
    return judge(request, claim, secrets, now, scope.service);
  } catch (error) {
    if (error instanceof MalformedClaim) return refusal('Malformed', error.message);
    if (error instanceof URIError) return refusal('Malformed', 'The path or the query has a broken escape');
    throw error;
  }
}

function judge(
  request: HttpRequestParts,
  claim: Claim,
  secrets: ReadonlyMap<string, string>,
  now: Date,
  service: string,
): Verdict {
  const signedAt = parseAmzDate(claim.amzDate);
  if (signedAt === undefined) return refusal('Malformed', 'The date must be YYYYMMDDTHHMMSSZ');
  if (claim.scope.service !== service || !claim.amzDate.startsWith(claim.scope.date)) {
    return refusal('SignatureDoesNotMatch', `The credential must be for service ${service} and the day of the request`);
  }
  const secret = secrets.get(claim.accessKeyId);
  if (secret === undefined) return refusal('InvalidAccessKeyId', 'The access key id is not known here');
  const unsigned = mustBeSigned(request).filter((name) => !claim.signedHeaders.includes(name));
  if (unsigned.length > 0) return refusal('SignatureDoesNotMatch', `Headers are not signed: ${unsigned.join(', ')}`);
  const expected = signature(request, claim.signedHeaders, claim.payloadHash, claim.amzDate, claim.scope, secret);
  if (!sameText(expected, claim.signature)) {
    return refusal('SignatureDoesNotMatch', 'The signature calculated here does not match the signature provided');
  }
  return untimely(claim, signedAt, now) ?? { ok: true, accessKeyId: claim.accessKeyId, payloadHash: claim.payloadHash };
}

/**
 * Host, and every x-amz-* header: otherwise whoever holds a presigned URL could add, say, x-amz-copy-source and read
 * another object through it.
 */
function mustBeSigned(request: HttpRequestParts): string[] {
  return Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
}

function untimely(claim: Claim, signedAt: number, now: Date): Verdict | undefined {
  const age = now.getTime() - signedAt;
  if (age < -MAX_SKEW_MS || (claim.expires === undefined && age > MAX_SKEW_MS)) {
    return refusal('RequestTimeTooSkewed', 'The time of the request is more than 15 minutes from the time here');
  }
  if (claim.expires !== undefined && age > claim.expires * 1000) {
    return refusal('RequestExpired', 'Request has expired');
  }
  return undefined;
}

/** Compares without telling by the time taken how much was right. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function refusal(code: VerdictCode, message: string): Verdict {
  return { ok: false, code, message };
}
