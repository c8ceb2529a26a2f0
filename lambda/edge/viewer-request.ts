/// <reference path="./cloudfront-functions.d.ts" />
import cloudfront from 'cloudfront';
// biome-ignore lint/style/useNodejsImportProtocol: the edge runtime's own module is called `crypto`
import crypto from 'crypto';
import { CDN_SECRET_HEADER, CDN_SECRETS_KEY, FORWARDED_ADDRESS_HEADER } from '../contract/cdn-in-front.ts';
import {
  FAILOVER_KEY,
  FALLBACK_ORIGIN,
  FALLBACK_STATUS_CODES,
  MEDIA_URL_HEADER,
  TRANSFORMER_ORIGIN,
  VARIANTS_ORIGIN,
  VIEWER_COUNTRY_HEADER,
} from '../contract/edge.ts';
import { ENGINE_VERSION } from '../contract/engine-version.ts';
import { applyHints, readHints, writeHints } from '../core/request/client-hints.ts';
import { addressHex, isFromCdn, referrerHost } from '../core/request/edge-rules.ts';
import { formatClass } from '../core/request/format-class.ts';
import { foldPath } from '../core/request/glob.ts';
import { judgeUrl } from '../core/request/judge-url.ts';
import { refusedAtEdge } from '../core/request/refuse-at-edge.ts';
import { generationOf } from '../core/request/stale-folders.ts';
import { variantPath } from '../core/request/variant-key.ts';

/**
 * Runs before the cache, on every request: refuses what is malformed, wrongly signed, expired or ruled out, finds
 * the canonical meaning of the URL, sends it to the endpoint's region, and rewrites it to the variant's path, which is
 * cache key and storage key in one. Written in the language of CloudFront Functions 2.0; the build refuses a bundle
 * above 10,240 bytes.
 */

const settings = cloudfront.kvs();

const sha256Hex = (text: string): string => crypto.createHash('sha256').update(text).digest('hex');

export async function handler(
  event: CloudFrontFunctions.RequestEvent,
): Promise<CloudFrontFunctions.Request | CloudFrontFunctions.Response> {
  const request = event.request;
  if (request.method === 'OPTIONS') return preflight();
  const query = request.rawQueryString() || '';
  const now = Math.floor(Date.now() / 1000);
  const header = (name: string): string => (request.headers[name] || { value: '' }).value;
  // The build leaves out whatever is behind this name when there is no other CDN.
  let ip = event.viewer.ip;
  let country = header(VIEWER_COUNTRY_HEADER);
  if (CDN_ADDRESS_HEADER) {
    const secret = header(CDN_SECRET_HEADER);
    const address = header(CDN_ADDRESS_HEADER);
    if (isFromCdn((await read(CDN_SECRETS_KEY)) || '', secret && sha256Hex(secret), address)) {
      ip = address;
      country = header(CDN_COUNTRY_HEADER);
    } else if (REFUSE_DIRECT) return refusal(403, 'For another CDN alone.');
    // Always set, as below.
    request.headers[FORWARDED_ADDRESS_HEADER] = { value: ip };
  }
  const host = header('host');
  const admitted = await judgeUrl(read, { host: host, path: request.uri, query: query }, now, hmacSha1);
  if (admitted.refusal) return refusal(admitted.refusal, admitted.reason);
  const asked = admitted.url;
  const refused = await refusedAtEdge(read, admitted.endpoint, sha256Hex(asked.assetPath).slice(0, 32), {
    i: addressHex(ip),
    c: country,
    r: referrerHost(header('referer')),
    p: foldPath(asked.assetPath),
    now: now,
  });
  if (refused === 403) return refusal(403, 'An access rule blocks this request.');
  if (refused) {
    // RFC 7725: who blocks, is said in a link.
    const link = `<https://${event.context.distributionDomainName}/>; rel="blocked-by"`;
    return refusal(451, 'Unavailable for legal reasons.', { link: link });
  }

  if (MULTI_REGION) {
    const region = admitted.settings.region || '';
    const failover = ((await read(FAILOVER_KEY + region)) || '').split(' ');
    if (now < +(failover[0] as string)) {
      // Nobody answers for the region, or nobody may.
      if (!failover[1] || admitted.settings.locked) {
        return refusal(503, 'The region of this file is down.', { 'retry-after': '60' });
      }
      cloudfront.selectRequestOriginById(FALLBACK_ORIGIN + failover[1]);
    } else if (region) askRegion(region);
    // Home is what the distribution asks by itself.
  }

  const hints = readHints(header);
  const url = applyHints(asked, hints, admitted.settings.saver);
  const format = formatClass(url, header('accept'), admitted.settings.noAvif);
  // Always set, so that a value sent by the viewer never reaches those who trust it.
  const original = btoa(query ? `${request.uri}?${query}` : request.uri);
  request.headers[MEDIA_URL_HEADER] = { value: `${original}.${writeHints(hints)}.${host}` };
  request.uri = variantPath(
    url,
    format,
    admitted.access,
    admitted.endpoint,
    ENGINE_VERSION,
    sha256Hex,
    await generationOf(read, asked.assetPath),
  );
  request.querystring = {};
  return request;
}

/** Sends the request to the island where the endpoint's files are: finished variants first, its transformer else. */
function askRegion(region: string): void {
  cloudfront.createRequestOriginGroup({
    originIds: [{ originId: VARIANTS_ORIGIN + region }, { originId: TRANSFORMER_ORIGIN + region }],
    failoverCriteria: { statusCodes: FALLBACK_STATUS_CODES },
  });
}

const read = async (key: string): Promise<string | undefined> =>
  (await settings.exists(key)) ? ((await settings.get(key)) as string) : undefined;

const hmacSha1 = (key: string, text: string): string => crypto.createHmac('sha1', key).update(text).digest('hex');

/**
 * An answer that CloudFront makes at the edge; response headers policies and the viewer-response function do not touch
 * it. What the URL alone decides may be kept for an hour.
 */
function refusal(status: number, reason: string, more?: Record<string, string>): CloudFrontFunctions.Response {
  const code = status === 414 ? 'ELIMIT' : status === 400 ? 'EINVAL' : 'EACCES';
  const fields = {
    'content-type': 'text/plain; charset=utf-8',
    'ik-error': `${code} - ${reason}`,
    'server-timing': 'fetch;dur=0, transform;dur=0, cache;desc=miss',
    'x-content-type-options': 'nosniff',
  };
  const life = code === 'EACCES' ? 'no-store' : 'public, max-age=3600';
  const answer = answerOf(status, life, Object.assign(fields, more));
  answer.body = { encoding: 'text', data: `${reason}\n` };
  return answer;
}

/** Fetch standard, "CORS-preflight request": media are public to scripts of every origin, without credentials. */
function preflight(): CloudFrontFunctions.Response {
  return answerOf(204, 'no-store', {
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
  });
}

function answerOf(status: number, cacheControl: string, fields: Record<string, string>): CloudFrontFunctions.Response {
  const headers: CloudFrontFunctions.Response['headers'] = {
    'cache-control': { value: cacheControl },
    'access-control-allow-origin': { value: '*' },
  };
  Object.keys(fields).forEach((name) => {
    headers[name] = { value: fields[name] as string };
  });
  return { statusCode: status, headers: headers };
}
