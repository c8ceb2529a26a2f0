/// <reference path="./cloudfront-functions.d.ts" />
import { TIMING_METADATA } from '../contract/edge.ts';

/**
 * Runs after the cache, on every answer below 400: says in `Server-Timing` where the answer came from, and takes the
 * storage's own headers off. `Age` is there when the answer lay in CloudFront's cache (RFC 9111, section 5.1).
 */
export async function handler(event: CloudFrontFunctions.ResponseEvent): Promise<CloudFrontFunctions.Response> {
  const response = event.response;
  const headers = response.headers;
  const stored = headers[`x-amz-meta-${TIMING_METADATA}`];
  const sent = headers['server-timing'];
  const source = headers.age ? 'hit' : stored ? 'variant' : 'miss';
  const durations = (stored || sent || { value: '' }).value
    .split(/\s*,\s*/)
    .filter((metric) => /^(fetch|transform);/.test(metric));
  headers['server-timing'] = { value: durations.concat([`cache;desc=${source}`]).join(', ') };
  Object.keys(headers).forEach((name) => {
    if (/^x-amz-(?!cf-)/.test(name)) delete headers[name];
  });
  return response;
}
