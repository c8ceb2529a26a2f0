import type { Headers } from './messages.ts';
import type { CachePolicy } from './policies.ts';

/** Errors that are always cached, and those that are cached when the origin says how long (AWS, "HTTP 4xx and 5xx"). */
const KEPT_ERRORS = [404, 410, 414, 500, 501, 502, 503, 504];
const ERRORS_KEPT_IF_TOLD = [400, 403, 405, 412, 415];

/** Errors for which no-store, no-cache and private count (AWS, "Control how long CloudFront caches errors"). */
const ERRORS_THAT_MAY_FORBID = [404, 410, 414, 501];

/** Successes that are always cached, and those that are cached when the origin says how long. */
const KEPT = [200, 301];
const KEPT_IF_TOLD = [204, 302, 307, 308];

const A_DAY = 86_400;
const A_YEAR = 31_536_000;

export interface Freshness {
  readonly policy: CachePolicy;
  /** Least seconds for which an error with this status is cached. */
  readonly errorSeconds: (status: number) => number;
}

/** Seconds that an answer may be served from the cache; zero: not at all (AWS, "Managing how long content stays"). */
export function secondsFresh(status: number, headers: Headers, freshness: Freshness, now: Date): number {
  const { MinTTL, DefaultTTL = A_DAY, MaxTTL = A_YEAR } = freshness.policy;
  if (MaxTTL === 0) return 0;
  if (status >= 400) return secondsOfError(status, headers, freshness, now);
  const told = toldSeconds(headers, now);
  if (!KEPT.includes(status) && !(KEPT_IF_TOLD.includes(status) && told !== undefined)) return 0;
  if (isForbidden(headers)) return MinTTL;
  return Math.min(Math.max(told ?? DefaultTTL, MinTTL), MaxTTL);
}

function secondsOfError(status: number, headers: Headers, { policy, errorSeconds }: Freshness, now: Date): number {
  if (ERRORS_THAT_MAY_FORBID.includes(status) && isForbidden(headers)) return 0;
  const isTold = directive(headers, 's-maxage') !== undefined || directive(headers, 'max-age') !== undefined;
  if (!KEPT_ERRORS.includes(status) && !(ERRORS_KEPT_IF_TOLD.includes(status) && isTold)) return 0;
  return Math.max(errorSeconds(status), Math.min(toldSeconds(headers, now) ?? 0, policy.MaxTTL ?? A_YEAR));
}

function isForbidden(headers: Headers): boolean {
  return /\b(no-store|no-cache|private)\b/i.test(headers['cache-control'] ?? '');
}

/** Seconds of a directive of Cache-Control. */
export function directive(headers: Headers, name: string): number | undefined {
  const seconds = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"?(\\d+)`, 'i').exec(headers['cache-control'] ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

function toldSeconds(headers: Headers, now: Date): number | undefined {
  const seconds = directive(headers, 's-maxage') ?? directive(headers, 'max-age');
  if (seconds !== undefined || headers.expires === undefined) return seconds;
  const expires = Date.parse(headers.expires);
  // RFC 9111, section 5.3: what is no date, such as "0", lies in the past.
  return Number.isNaN(expires) ? 0 : Math.max(0, (expires - now.getTime()) / 1000);
}

/**
 * Whether an object that is no longer fresh may stand in for an origin that fails (AWS, "Serve stale content"): as long as
 * `stale-if-error` says, and without it until the maximum TTL is over.
 */
export function mayStandIn(
  object: {
    readonly status: number;
    readonly headers: Headers;
    readonly storedAt: number;
    readonly freshUntil: number;
  },
  { policy }: Freshness,
  now: number,
): boolean {
  if (object.status >= 400 || now - object.storedAt > (policy.MaxTTL ?? A_YEAR) * 1000) return false;
  const allowed = directive(object.headers, 'stale-if-error');
  return allowed === undefined || now <= object.freshUntil + allowed * 1000;
}

/** Whether it may be served while it is renewed (RFC 5861, section 3). */
export function mayBeServedMeanwhile(
  object: { readonly status: number; readonly headers: Headers; readonly freshUntil: number },
  now: number,
): boolean {
  const allowed = directive(object.headers, 'stale-while-revalidate');
  return object.status < 400 && allowed !== undefined && now <= object.freshUntil + allowed * 1000;
}
