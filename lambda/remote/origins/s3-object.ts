import { targetOf } from '../../adapters/signed-http/http-exchange.lean.ts';
import { sigv4Signer } from '../../adapters/signed-http/sigv4.lean.ts';
import type { FetchOutcome } from '../../core/settings/origins/origin-fetcher.ts';
import { objectPath } from '../../core/settings/origins/origin-url.ts';
import { portOf } from '../guarded-address.ts';
import type { Exchange, GuardedAnswer, GuardedRequest } from '../guarded-exchange.ts';
import { fetchObject } from './fetch-object.ts';

export interface S3Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where an object is, on S3 or a server that speaks like it. */
export interface S3Place {
  /** Base URL of the bucket. */
  readonly bucketUrl: string;
  readonly prefix: string;
  /** The region to begin with. */
  readonly region: string;
  /** The account that must own the bucket. */
  readonly owner?: string | undefined;
}

/** What is asked of a bucket. */
export interface S3Target {
  /** Below the bucket's base URL, escaped; empty for the bucket itself. */
  readonly path: string;
  /** As a signature has it: in the order of its names, escaped. */
  readonly query?: string;
}

/** Regions in which buckets turned out to be, by their base URL. */
export type KnownRegions = Map<string, string>;

const REGION_HEADER = 'x-amz-bucket-region';

/** How S3 answers a request that was signed for another region than the bucket's, or sent to another region's host. */
const ELSEWHERE = [301, 307, 400];

/** Fetches one object, signed. */
export async function fetchFromS3(
  exchange: Exchange,
  place: S3Place,
  access: S3Access,
  path: string,
  regions: KnownRegions = new Map(),
): Promise<FetchOutcome> {
  const target = { path: objectPath(place.prefix, path) };
  const { ask, request } = s3Request(exchange, place, access, target, regions);
  return fetchObject(ask, request);
}

/**
 * A signed request, and how it is sent: a bucket in another region is asked once more, there, and remembered. Other redirects
 * are not followed: a signature is for one host.
 */
export function s3Request(
  exchange: Exchange,
  place: S3Place,
  access: S3Access,
  target: S3Target,
  regions: KnownRegions,
): { readonly ask: Exchange; readonly request: GuardedRequest } {
  const first = inRegion(place, regions.get(place.bucketUrl) ?? place.region);
  const ask: Exchange = async (request) => {
    const answer = await exchange(request);
    if (!ELSEWHERE.includes(answer.status)) return answer;
    const region = await bucketRegion(exchange, place, answer);
    if (!region || region === first.region) return answer;
    regions.set(place.bucketUrl, region);
    return exchange(signedRequest(inRegion(place, region), access, target));
  };
  return { ask, request: signedRequest(first, access, target) };
}

/** S3 names a bucket's region to everybody who asks for the bucket, though not in each of its refusals. */
async function bucketRegion(
  exchange: Exchange,
  { bucketUrl }: S3Place,
  { headers }: GuardedAnswer,
): Promise<string | undefined> {
  const named = headers[REGION_HEADER] ?? (await exchange(unsigned(bucketUrl))).headers[REGION_HEADER];
  return typeof named === 'string' && /^[a-z0-9-]{1,30}$/.test(named) ? named : undefined;
}

/** The host of S3 without a region knows buckets of every region by their own host, but not by path. */
function inRegion(place: S3Place, region: string): S3Place {
  const bucketUrl = place.bucketUrl.replace(/(\/\/|\.)s3\.amazonaws\.com(?=\/|$)/, `$1s3.${region}.amazonaws.com`);
  return { ...place, bucketUrl, region };
}

function unsigned(bucketUrl: string): GuardedRequest {
  const { hostname } = new URL(bucketUrl);
  const port = portOf(new URL(bucketUrl));
  return { url: `${bucketUrl}/`, allowHost: (host) => host === hostname, port, redirects: 0 };
}

function signedRequest(place: S3Place, access: S3Access, { path, query = '' }: S3Target): GuardedRequest {
  const { bucketUrl, region, owner } = place;
  const url = `${bucketUrl}/${path}`;
  const sign = sigv4Signer({ ...access, service: 's3', region });
  const target = targetOf(url);
  const headers = { ...(owner && { 'x-amz-expected-bucket-owner': owner }) };
  const signed = sign({ ...target, query, method: 'GET', headers }, new Date());
  return { ...unsigned(bucketUrl), url: query === '' ? url : `${url}?${query}`, headers: signed };
}
