/// <reference path="./cloudfront-functions.d.ts" />
import cloudfront from 'cloudfront';
// biome-ignore lint/style/useNodejsImportProtocol: the edge runtime's own module is called `crypto`
import crypto from 'crypto';
import { MEDIA_URL_HEADER, VIEWER_COUNTRY_HEADER } from '../contract/edge.ts';
import { ENGINE_VERSION } from '../contract/engine-version.ts';
import { applyHints, readHints, writeHints } from '../core/request/client-hints.ts';
import { addressHex, referrerHost } from '../core/request/edge-rules.ts';
import { formatClass } from '../core/request/format-class.ts';
import { foldPath } from '../core/request/glob.ts';
import { judgeUrl } from '../core/request/judge-url.ts';
import { refusedAtEdge } from '../core/request/refuse-at-edge.ts';
import { generationOf } from '../core/request/stale-folders.ts';
import { variantPath } from '../core/request/variant-key.ts';

/**
 * Runs before the cache, on every request: refuses what is malformed, wrongly signed, expired or ruled out, finds
 * the canonical meaning of the URL and rewrites it to the variant's path, which is cache key and storage key in one. Written in the language of CloudFront
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
  const now = Math.floor(Date.now() / 1000);
  const header = (name: string): string => (request.headers[name] || { value: '' }).value;
  const host = header('host');
  const admitted = await judgeUrl(read, { host: host, path: request.uri, query: query }, now, hmacSha1);
  if (admitted.refusal) return refusal(admitted.refusal, admitted.reason);
  const asked = admitted.url;
  const refused = await refusedAtEdge(read, admitted.endpoint, sha256Hex(asked.assetPath).slice(0, 32), {
    i: addressHex(event.viewer.ip),
    c: header(VIEWER_COUNTRY_HEADER),
    r: referrerHost(header('referer')),
    p: foldPath(asked.assetPath),
    now: now,
  });
  if (refused === 403) return refusal(403, 'An access rule blocks this request.');
  if (refused) {
    const answer = refusal(451, 'Unavailable for legal reasons.');
    // RFC 7725: who blocks, is said in a link.
    answer.headers.link = { value: `<https://${event.context.distributionDomainName}/>; rel="blocked-by"` };
    return answer;
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

const read = async (key: string): Promise<string | undefined> =>
  (await settings.exists(key)) ? ((await settings.get(key)) as string) : undefined;

const hmacSha1 = (key: string, text: string): string => crypto.createHmac('sha1', key).update(text).digest('hex');

/**
 * An answer that CloudFront makes at the edge; response headers policies and the viewer-response function do not touch
 * it. What the URL alone decides may be kept for an hour.
 */
function refusal(status: number, reason: string): CloudFrontFunctions.Response {
  const code = status === 414 ? 'ELIMIT' : status === 400 ? 'EINVAL' : 'EACCES';
  const answer = answerOf(status, code === 'EACCES' ? 'no-store' : 'public, max-age=3600', {
    'content-type': 'text/plain; charset=utf-8',
    'ik-error': `${code} - ${reason}`,
    'server-timing': 'fetch;dur=0, transform;dur=0, cache;desc=miss',
    'x-content-type-options': 'nosniff',
  });
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
