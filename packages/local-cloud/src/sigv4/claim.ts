import {
  ALGORITHM,
  type CredentialScope,
  type HttpRequestParts,
  queryPairs,
  SCOPE_END,
  SHA256_OF_NOTHING,
  UNSIGNED_PAYLOAD,
} from './canonical-request.ts';

/** What a request says about its own signature, before anything of it is believed. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** YYYYMMDDTHHMMSSZ, not yet checked. */
  readonly amzDate: string;
  readonly payloadHash: string;
  /** Seconds for which a presigned URL is good; undefined for a signature in a header. */
  readonly expires?: number;
}

/** Seven days, the longest life of a presigned URL. */
const MAX_EXPIRES_SECONDS = 604_800;

/** A signature that cannot be read. Its message is for the client. */
export class MalformedClaim extends Error {}

/**
 * Reads the signature of a request from its Authorization header or its query; undefined when it has none.
 *
 * @throws MalformedClaim
 * @throws URIError for a broken escape in the query
 */
export function readClaim(request: HttpRequestParts): Claim | undefined {
  const authorization = single(request, 'authorization');
  const query = queryPairs(request.query);
  const inQuery = query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm');
  if (authorization === undefined) return inQuery ? fromQuery(request, query) : undefined;
  if (inQuery) throw new MalformedClaim('Only one of the Authorization header and the query may carry a signature');
  return fromHeader(request, authorization);
}

/** Reads `AKID/YYYYMMDD/region/service/aws4_request`. @throws MalformedClaim */
export function readCredential(credential: string): { accessKeyId: string; scope: CredentialScope } {
  const match = /^([^/]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/([^/]+)$/.exec(credential);
  const [, accessKeyId, date, region, service, end] = match ?? [];
  if (!accessKeyId || !date || !region || !service || end !== SCOPE_END) {
    throw new MalformedClaim(`The credential must be <key id>/<yyyymmdd>/<region>/<service>/${SCOPE_END}`);
  }
  return { accessKeyId, scope: { date, region, service } };
}

function fromHeader(request: HttpRequestParts, authorization: string): Claim {
  const [, algorithm, list = ''] = /^(\S+)\s+(.*)$/s.exec(authorization.trim()) ?? [];
  if (algorithm !== ALGORITHM) throw new MalformedClaim(`The authorization algorithm must be ${ALGORITHM}`);
  const fields = new Map<string, string>();
  for (const field of list.split(',')) {
    const equals = field.indexOf('=');
    const name = field.slice(0, equals).trim();
    if (equals < 0 || fields.has(name)) throw new MalformedClaim('The Authorization header is malformed');
    fields.set(name, field.slice(equals + 1).trim());
  }
  return assemble(request, {
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    amzDate: single(request, 'x-amz-date'),
    payloadHash: request.bodySha256 ?? SHA256_OF_NOTHING,
  });
}

function fromQuery(request: HttpRequestParts, query: readonly (readonly [string, string])[]): Claim {
  const fields = new Map<string, string>();
  for (const [name, value] of query) {
    if (!name.startsWith('X-Amz-')) continue;
    if (fields.has(name)) throw new MalformedClaim(`${name} is given twice`);
    fields.set(name, value);
  }
  if (fields.get('X-Amz-Algorithm') !== ALGORITHM) throw new MalformedClaim(`X-Amz-Algorithm must be ${ALGORITHM}`);
  const expires = fields.get('X-Amz-Expires') ?? '';
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > MAX_EXPIRES_SECONDS) {
    throw new MalformedClaim(`X-Amz-Expires must be from 1 to ${MAX_EXPIRES_SECONDS} seconds`);
  }
  const claim = assemble(request, {
    credential: fields.get('X-Amz-Credential'),
    signedHeaders: fields.get('X-Amz-SignedHeaders'),
    signature: fields.get('X-Amz-Signature'),
    amzDate: fields.get('X-Amz-Date'),
    payloadHash: fields.get('X-Amz-Content-Sha256') ?? UNSIGNED_PAYLOAD,
  });
  return { ...claim, expires: Number(expires) };
}

function assemble(
  request: HttpRequestParts,
  fields: Readonly<Record<'credential' | 'signedHeaders' | 'signature' | 'amzDate', string | undefined>> & {
    readonly payloadHash: string;
  },
): Claim {
  const { credential, signedHeaders, signature, amzDate } = fields;
  if (!credential || !signedHeaders || !signature || !amzDate) {
    throw new MalformedClaim('Credential, signed headers, signature and date are all required');
  }
  const payloadHash = single(request, 'x-amz-content-sha256') ?? fields.payloadHash;
  return {
    ...readCredential(credential),
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    amzDate,
    payloadHash,
  };
}

function single(request: HttpRequestParts, name: string): string | undefined {
  const value = request.headers[name];
  if (typeof value !== 'object') return value;
  if (value.length > 1) throw new MalformedClaim(`The header ${name} is given twice`);
  return value[0];
}
