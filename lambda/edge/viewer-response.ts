/// <reference path="./cloudfront-functions.d.ts" />
import {
  CANONICAL_METADATA,
  FALLBACK_METADATA,
  IGNORED_METADATA,
  LIMITED_METADATA,
  MEDIA_URL_HEADER,
  TIMING_METADATA,
  VARY_METADATA,
  WIDTH_METADATA,
} from '../contract/edge.ts';

/**
 * Runs after the cache, on every answer below 400: says in `Server-Timing` where the answer came from, tells caches what
 * was negotiated, and takes the storage's own headers off. AWS calls its request the one received from the viewer; it may as
 * well be the one that viewer-request made of it, so nothing is read from the path.
 */
export async function handler(event: CloudFrontFunctions.ResponseEvent): Promise<CloudFrontFunctions.Response> {
  const headers = event.response.headers;
  headers['server-timing'] = { value: serverTiming(headers) };
  const vary = headers[`x-amz-meta-${VARY_METADATA}`];
  if (vary) headers.vary = { value: vary.value };
  const width = headers[`x-amz-meta-${WIDTH_METADATA}`];
  const ratio = width && /-width/i.test(vary ? vary.value : '') ? contentDpr(event.request, Number(width.value)) : '';
  if (ratio) headers['content-dpr'] = { value: ratio };
  endWithSignature(event);
  const canonical = headers[`x-amz-meta-${CANONICAL_METADATA}`];
  if (canonical) headers.link = { value: `<${canonical.value}>; rel="canonical"` };
  [FALLBACK_METADATA, IGNORED_METADATA, LIMITED_METADATA].forEach((remark) => {
    const kept = headers[`x-amz-meta-${remark}`];
    if (kept) headers[`x-vitrine-${remark}`] = { value: kept.value };
  });
  Object.keys(headers).forEach((name) => {
    if (/^x-amz-(?!cf-)/.test(name)) delete headers[name];
  });
  return event.response;
}

/**
 * W3C Server Timing. An answer that was made now says what it took; one that lay in a cache or in storage took none of
 * that, and says under another name what its making once took.
 */
function serverTiming(headers: CloudFrontFunctions.Response['headers']): string {
  const made = headers[`x-amz-meta-${TIMING_METADATA}`];
  const sent = headers['server-timing'];
  const metrics = (sent ? sent.value : '').split(/\s*,\s*/);
  const edgeMetrics = metrics.filter((metric) => /^cdn-/.test(metric));
  const own = metrics.filter((metric) => /^(fetch|transform);/.test(metric));
  // RFC 9111, section 5.1: `Age` is there when the answer lay in a cache. `cdn-cache-hit` is CloudFront's own metric.
  const isHit = headers.age || edgeMetrics.some((metric) => /^cdn-cache-hit/.test(metric));
  if (own.length && !isHit) return own.concat('cache;desc=miss', edgeMetrics).join(', ');
  const upstream = isHit ? '' : /cdn-upstream-fbl;dur=(\d+)/.exec(edgeMetrics.join());
  return [`fetch;dur=${upstream ? upstream[1] : 0}`, 'transform;dur=0']
    .concat(
      isHit ? 'cache;desc=hit' : made ? 'cache;desc=variant' : 'cache;desc=miss',
      made ? made.value : [],
      edgeMetrics,
    )
    .join(', ');
}

/**
 * Nobody behind the edge may keep an answer for longer than its URL holds: the edge, which asks on every request, would
 * not be asked again.
 */
function endWithSignature(event: CloudFrontFunctions.ResponseEvent): void {
  const expires = expiryOf(event.request);
  if (!expires) return;
  const left = Math.max(0, expires - Math.floor(Date.now() / 1000));
  const headers = event.response.headers;
  const sent = headers['cache-control'];
  const lives = sent ? sent.value : '';
  headers['cache-control'] = {
    value: /max-?age/.test(lives)
      ? lives.replace(/(max-?age=)(\d+)/g, (_all, name, seconds) => name + Math.min(left, Number(seconds)))
      : 'no-store',
  };
  delete headers.expires;
}

/**
 * The last second of the URL's signature, since 1970; 0 when it has none: by the viewer's own query, and by the header
 * in which viewer-request hands it on. A header that the viewer itself invents can only shorten a life.
 */
function expiryOf(request: CloudFrontFunctions.Request): number {
  const own = request.querystring['ik-t'] || { value: '' };
  const handedOn = request.headers[MEDIA_URL_HEADER];
  const told = /[?&]ik-t=(\d{10})(&|$)/.exec(handedOn ? decoded(handedOn.value) : '') || [];
  const seconds = [own.value, told[1]].map(Number).filter((second) => second);
  return seconds.length ? Math.min.apply(null, seconds) : 0;
}

function decoded(handedOn: string): string {
  try {
    return atob(handedOn.split('.')[0] as string);
  } catch (_notBase64) {
    return '';
  }
}

/**
 * Pixels of the picture for each CSS pixel in which it is shown (ImageKit, "Client hints"), by the client's exact width:
 * the variant was made for a rounded one.
 */
function contentDpr(request: CloudFrontFunctions.Request, width: number): string {
  const asked = request.headers['sec-ch-width'];
  const ratio = request.headers['sec-ch-dpr'];
  if (!asked || !ratio) return '';
  const value = width / (Number(asked.value) / Number(ratio.value));
  return value > 0 && value < 1000 ? `${Math.round(value * 100) / 100}` : '';
}
