import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** One HTTP request as its signature sees it. */
export interface HttpRequestParts {
  readonly method: string;
  /** The raw path as on the wire, escapes kept. */
  readonly path: string;
  /** The raw query without '?'. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** SHA-256 of the body in hexadecimal, for signers that do not send x-amz-content-sha256. Default: an empty body. */
  readonly bodySha256?: string;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const SCOPE_END = 'aws4_request';
export const SHA256_OF_NOTHING = sha256('');
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Date (YYYYMMDD), region and service that a signature is good for. */
export interface CredentialScope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** RFC 3986 escaping: all but unreserved characters, as Signature Version 4 wants it. */
export function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Decodes escapes, and '+' as a space, which S3 does in paths too. @throws URIError for a broken escape */
export function unescapeUri(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/**
 * The path in the canonical request. S3 escapes the decoded key once; every other service drops empty and dot segments
 * of the path on the wire and escapes what is left again.
 *
 * @throws URIError for a broken escape
 */
export function canonicalPath(path: string, service: string): string {
  if (service === 's3') return escapeUri(unescapeUri(path)).replaceAll('%2F', '/') || '/';
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const tail = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return escapeUri(`/${kept.join('/')}${tail}`).replaceAll('%2F', '/');
}

/** Name and value pairs of a raw query, decoded. @throws URIError for a broken escape */
export function queryPairs(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return [unescapeUri(pair), ''];
      return [unescapeUri(pair.slice(0, equals)), unescapeUri(pair.slice(equals + 1))];
    });
}

/** The query in the canonical request: escaped, sorted by escaped name and value, without the signature itself. */
export function canonicalQuery(query: string): string {
  const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [escapeUri(name), escapeUri(value)])
    .sort((a, b) => byBytes(a[0], b[0]) || byBytes(a[1], b[1]))
    .map((pair) => pair.join('='))
    .join('&');
}

/** A header as the canonical request carries it: joined, trimmed, inner white space as one space. */
export function canonicalHeader(value: string | readonly string[] | undefined): string {
  const joined = typeof value === 'object' ? value.join(',') : (value ?? '');
  return joined.trim().replace(/\s+/g, ' ');
}

/**
 * The hexadecimal signature of a request (AWS, "Signature Version 4 signing process").
 *
 * @param signedHeaders lower-case names, in the order in which they are signed
 * @param amzDate YYYYMMDDTHHMMSSZ
 * @throws URIError for a broken escape in path or query
 */
export function signature(
  request: HttpRequestParts,
  signedHeaders: readonly string[],
  payloadHash: string,
  amzDate: string,
  scope: CredentialScope,
  secretAccessKey: string,
): string {
  const canonical = [
    request.method,
    canonicalPath(request.path, scope.service),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scopeText = [scope.date, scope.region, scope.service, SCOPE_END].join('/');
  const stringToSign = [ALGORITHM, amzDate, scopeText, sha256(canonical)].join('\n');
  return signText(stringToSign, scope, secretAccessKey);
}

/** Signs any text with the key derived for a scope: a string to sign, or the policy of a browser form. */
export function signText(text: string, scope: CredentialScope, secretAccessKey: string): string {
  return hmac(keyOf(scope, secretAccessKey), text).toString('hex');
}

/** Keys that were derived last, by what they were derived of: the same few sign all day. */
const derivedKeys = new Map<string, KeyObject>();
const KEPT_KEYS = 100;

function keyOf(scope: CredentialScope, secretAccessKey: string): KeyObject {
  const parts = [scope.date, scope.region, scope.service, SCOPE_END];
  const name = JSON.stringify([...parts, secretAccessKey]);
  const kept = derivedKeys.get(name);
  if (kept) return kept;
  const bytes = parts.reduce<string | Buffer>((derived, part) => hmac(derived, part), `AWS4${secretAccessKey}`);
  const key = createSecretKey(bytes as Buffer);
  if (derivedKeys.size === KEPT_KEYS) derivedKeys.clear();
  derivedKeys.set(name, key);
  return key;
}

const hmac = (key: string | Buffer | KeyObject, message: string): Buffer =>
  createHmac('sha256', key).update(message).digest();

/** '20260102T030405Z'. */
export function formatAmzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Milliseconds since 1970 of '20260102T030405Z'; undefined when it is not such a date. */
export function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
