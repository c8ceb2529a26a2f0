/// <reference path="./cloudfront-functions.d.ts" />
import { TIMING_METADATA } from '../contract/edge.ts';

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
  if (NEGOTIATED.test(event.request.uri)) headers.vary = { value: 'Accept' };
  Object.keys(headers).forEach((name) => {
    if (/^x-amz-(?!cf-)/.test(name)) delete headers[name];
  });
  return event.response;
}

/** Variant paths whose format the client's Accept header decided. */
const NEGOTIATED = /\.(avif|webp|plain)$/;
