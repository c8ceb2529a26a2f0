/// <reference path="./cloudfront-functions.d.ts" />
import cloudfront from 'cloudfront';
// biome-ignore lint/style/useNodejsImportProtocol: the edge runtime's own module is called `crypto`
import crypto from 'crypto';
import { DEFAULT_ENDPOINT, endpointSettingsKey, MEDIA_URL_HEADER, VIEWER_COUNTRY_HEADER } from '../contract/edge.ts';
import { ENGINE_VERSION } from '../contract/engine-version.ts';
import { URL_BYTES } from '../contract/limits.ts';
import { addressHex, referrerHost } from '../core/access/edge-rules.ts';
import { foldPath } from '../core/access/glob.ts';
import { refusedAtEdge } from '../core/access/refuse-at-edge.ts';
import { readCanonicalUrl } from '../core/delivery/canonical-url.ts';
import { applyHints, readHints, writeHints } from '../core/delivery/client-hints.ts';
import { formatClass } from '../core/delivery/format-class.ts';
import { variantPath } from '../core/delivery/variant-key.ts';

/**
 * Runs before the cache, on every request: refuses what is malformed, finds the canonical meaning of the URL and
 * rewrites it to the variant's path, which is cache key and storage key in one. Written in the language of CloudFront
 * Functions 2.0; the build refuses a bundle above 10,240 bytes.
 */

const settings = cloudfront.kvs();

const sha256Hex = (text: string): string => crypto.createHash('sha256').update(text).digest('hex');

export async function handler(
  event: CloudFrontFunctions.RequestEvent,
): Promise<CloudFrontFunctions.Request | CloudFrontFunctions.Response> {
  const request = event.request;
  if (request.method === 'OPTIONS') return preflight();
  const query = request.rawQueryString() || '';
  const asked = readCanonicalUrl(request.uri, query, URL_BYTES);
  if (asked.fault !== undefined) {
    return asked.fault === 'too-long'
      ? refusal(414, 'ELIMIT', asked.message, 3600)
      : refusal(400, 'EINVAL', asked.message, 3600);
  }
  if (await isPaused(DEFAULT_ENDPOINT)) return refusal(503, 'EACCES', 'Delivery is paused by the owner.', 0);

  const header = (name: string): string => {
    const found = request.headers[name];
    return found ? found.value : '';
  };
  const refused = await refusedAtEdge(settings, DEFAULT_ENDPOINT, sha256Hex(asked.assetPath).slice(0, 32), {
    i: addressHex(event.viewer.ip),
    c: header(VIEWER_COUNTRY_HEADER.toLowerCase()),
    r: referrerHost(header('referer')),
    p: foldPath(asked.assetPath),
    now: Math.floor(Date.now() / 1000),
  });
  if (refused === 403) return refusal(403, 'EACCES', 'A rule refuses this request.', 0);
  if (refused) return takenDown(event.context.distributionDomainName);

  const hints = readHints(header);
  const url = applyHints(asked, hints, false);
  const format = formatClass(url, header('accept'));
  // Always set, so that a value sent by the viewer never reaches the transformer.
  const original = base64url(query ? `${request.uri}?${query}` : request.uri);
  request.headers[MEDIA_URL_HEADER] = { value: `${original}.${writeHints(hints)}` };
  request.uri = variantPath(url, format, DEFAULT_ENDPOINT, ENGINE_VERSION, sha256Hex);
  request.querystring = {};
  return request;
}

/** RFC 7725: who blocks, is said in a link. */
function takenDown(host: string): CloudFrontFunctions.Response {
  const answer = refusal(451, 'EACCES', 'Unavailable for legal reasons.', 0);
  answer.headers.link = { value: `<https://${host}/>; rel="blocked-by"` };
  return answer;
}

/** Fails closed: without its settings an endpoint does not deliver. */
async function isPaused(endpoint: string): Promise<boolean> {
  try {
    const found = (await settings.get(endpointSettingsKey(endpoint), { format: 'json' })) as { paused: boolean };
    return found.paused !== false;
  } catch (error) {
    console.log(`no settings for endpoint ${endpoint}: ${error}`);
    return true;
  }
}

function base64url(text: string): string {
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** An answer that CloudFront makes at the edge; response headers policies and the viewer-response function do not touch it. */
function refusal(status: number, code: string, message: string, cacheSeconds: number): CloudFrontFunctions.Response {
  return {
    statusCode: status,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: cacheSeconds ? `public, max-age=${cacheSeconds}` : 'no-store' },
      'ik-error': { value: `${code} - ${message}` },
      'server-timing': { value: 'cache;desc=miss' },
      'access-control-allow-origin': { value: '*' },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: message },
  };
}

/** Fetch standard, "CORS-preflight request": media are public to scripts of every origin, without credentials. */
function preflight(): CloudFrontFunctions.Response {
  return {
    statusCode: 204,
    headers: {
      'access-control-allow-origin': { value: '*' },
      'access-control-allow-methods': { value: 'GET, HEAD, OPTIONS' },
      'access-control-allow-headers': { value: '*' },
      'access-control-max-age': { value: '86400' },
      'cache-control': { value: 'no-store' },
    },
  };
}
