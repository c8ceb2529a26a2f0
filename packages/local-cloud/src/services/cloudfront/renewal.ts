import { type Freshness, mayStandIn, secondsFresh } from './freshness.ts';
import type { EdgeRequest, Headers } from './messages.ts';
import type { CachedObject, CacheOutcome } from './object-cache.ts';
import type { OriginAnswer } from './origin-client.ts';

/** The old object, when the origin says that it is still so, or fails; undefined when the origin's answer counts. */
export function renew(
  stale: CachedObject,
  { status, headers }: OriginAnswer,
  freshness: Freshness,
  now: Date,
): { readonly object: CachedObject; readonly outcome: CacheOutcome } | undefined {
  const at = now.getTime();
  if (status === 304 && stale.status < 400) {
    const { 'content-length': _length, ...changed } = headers;
    const merged = { ...stale.headers, ...changed };
    const seconds = secondsFresh(stale.status, merged, freshness, now);
    const object = { ...stale, headers: merged, storedAt: at, freshUntil: at + seconds * 1000 };
    return { object, outcome: 'RefreshHit' };
  }
  if (status < 500 || !mayStandIn(stale, freshness, at)) return undefined;
  return { object: { ...stale, freshUntil: at + freshness.errorSeconds(status) * 1000 }, outcome: 'Hit' };
}

/** Conditions under which the origin need not send an object again (RFC 9111, section 4.3.1). */
export function validators({ status, headers }: CachedObject): Headers {
  const { etag, 'last-modified': modified } = headers;
  if (status >= 400) return {};
  return { ...(etag && { 'if-none-match': etag }), ...(modified && { 'if-modified-since': modified }) };
}

/** The part that the viewer wants: an origin that knows no ranges answers with the whole. */
export function rangeOf({ headers: { range, 'if-range': condition } }: EdgeRequest): Headers {
  if (range === undefined) return {};
  return { range, ...(condition !== undefined && { 'if-range': condition }) };
}
