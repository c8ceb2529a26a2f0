/// <reference path="./cloudfront-functions.d.ts" />
import {
  CANONICAL_METADATA,
  FALLBACK_METADATA,
  IGNORED_METADATA,
  MEDIA_URL_HEADER,
  TIMING_METADATA,
  WIDTH_METADATA,
} from '../contract/edge.ts';

/**
 * Runs after the cache, on every answer below 400: says in `Server-Timing` where the answer came from, tells caches that
 * the format was negotiated, and takes the storage's own headers off.
 */
export async function handler(event: CloudFrontFunctions.ResponseEvent): Promise<CloudFrontFunctions.Response> {
  const headers = event.response.headers;
  const stored = headers[`x-amz-meta-${TIMING_METADATA}`];
  const sent = headers['server-timing'];
  const metrics = `${stored ? stored.value : ''},${sent ? sent.value : ''}`
    .split(/\s*,\s*/)
    .filter((metric) => metric && !/^cache;/.test(metric));
  // RFC 9111, section 5.1: `Age` is there when the answer lay in a cache. `cdn-cache-hit` is CloudFront's own metric.
  const hit = headers.age || metrics.some((metric) => /^cdn-cache-hit/.test(metric));
  metrics.push(hit ? 'cache;desc=hit' : stored ? 'cache;desc=variant' : 'cache;desc=miss');
  headers['server-timing'] = { value: metrics.join(', ') };
  const vary = variance(event.request.uri);
  if (vary) headers.vary = { value: vary };
  const width = headers[`x-amz-meta-${WIDTH_METADATA}`];
  const ratio = width ? contentDpr(event.request, Number(width.value)) : '';
  if (ratio) headers['content-dpr'] = { value: ratio };
  endWithSignature(event);
  const canonical = headers[`x-amz-meta-${CANONICAL_METADATA}`];
  if (canonical) headers.link = { value: `<${canonical.value}>; rel="canonical"` };
  [FALLBACK_METADATA, IGNORED_METADATA].forEach((remark) => {
    const kept = headers[`x-amz-meta-${remark}`];
    if (kept) headers[`x-vitrine-${remark}`] = { value: kept.value };
  });
  Object.keys(headers).forEach((name) => {
    if (/^x-amz-(?!cf-)/.test(name)) delete headers[name];
  });
  return event.response;
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
 * The last second of the URL's signature, since 1970; 0 when it has none. AWS calls the request of this function the one
 * "that the viewer sent"; it may as well be the one that viewer-request made of it, whose header has the viewer's URL.
 * A header that the viewer itself invents can only shorten a life.
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

/** What the answer depended on: the variant's name says so (see variant-key.ts). */
function variance(path: string): string {
  const hints = /-([dsw]+)\.[a-z]+$/.exec(path);
  const letters = hints ? (hints[1] as string) : '';
  const names: string[] = [];
  if (/\.(avif|webp|plain)$/.test(path)) names.push('Accept');
  if (letters.indexOf('d') >= 0) names.push('Sec-CH-DPR');
  if (letters.indexOf('w') >= 0) names.push('Sec-CH-Width');
  if (letters.indexOf('s') >= 0) names.push('Save-Data');
  return names.join(', ');
}

/**
 * Pixels of the picture for each CSS pixel in which it is shown (ImageKit, "Client hints"), by the client's exact width:
 * the variant was made for a rounded one.
 */
function contentDpr(request: CloudFrontFunctions.Request, width: number): string {
  const asked = request.headers['sec-ch-width'];
  const ratio = request.headers['sec-ch-dpr'];
  if (!/-[ds]*w\.[a-z]+$/.test(request.uri) || !asked || !ratio) return '';
  const value = width / (Number(asked.value) / Number(ratio.value));
  return value > 0 && value < 1000 ? `${Math.round(value * 100) / 100}` : '';
}
