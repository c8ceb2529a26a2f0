import type { Headers } from './functions/events.ts';
import type { CachePolicy } from './policies.ts';

/** Seconds that CloudFront keeps an error at least (ErrorCachingMinTTL, its default). */
const ERROR_SECONDS = 10;

/** Errors that are kept in any case, and those that are kept when the origin says how long (AWS, "HTTP 4xx and 5xx"). */
const KEPT_ERRORS = [404, 414, 500, 501, 502, 503, 504];
const KEPT_IF_TOLD = [400, 403, 405, 412, 415];

/** Seconds that an answer may be served from the cache; zero: not at all (AWS, "Managing how long content stays"). */
export function secondsFresh(status: number, headers: Headers, policy: CachePolicy, now: Date): number {
  const told = toldSeconds(headers, now);
  if (status >= 400) {
    if (KEPT_ERRORS.includes(status)) return Math.max(ERROR_SECONDS, told ?? 0);
    return KEPT_IF_TOLD.includes(status) && told ? Math.max(ERROR_SECONDS, told) : 0;
  }
  if (status !== 200 && status !== 301) return 0;
  const control = headers['cache-control'] ?? '';
  if (/\b(no-store|no-cache|private)\b/i.test(control)) return policy.MinTTL;
  const wanted = told ?? policy.DefaultTTL ?? 86_400;
  return Math.min(Math.max(wanted, policy.MinTTL), policy.MaxTTL ?? 31_536_000);
}

function toldSeconds(headers: Headers, now: Date): number | undefined {
  const control = headers['cache-control'] ?? '';
  const seconds = /\bs-maxage=(\d+)/i.exec(control)?.[1] ?? /\bmax-age=(\d+)/i.exec(control)?.[1];
  if (seconds !== undefined) return Number(seconds);
  const expires = Date.parse(headers.expires ?? '');
  return Number.isNaN(expires) ? undefined : Math.max(0, (expires - now.getTime()) / 1000);
}
