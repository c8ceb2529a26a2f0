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

/** Regions in which buckets turned out to be, by their base URL. */
export type KnownRegions = Map<string, string>;

const REGION_HEADER = 'x-amz-bucket-region';

/** How S3 answers a request that was signed for another region than the bucket's, or sent to another region's host. */
const ELSEWHERE = [301, 307, 400];

/**
 * Fetches one object, signed. A bucket in another region is asked once more, there, and remembered. Other redirects are
 * not followed: a signature is for one host.
 */
export async function fetchFromS3(
  exchange: Exchange,
  place: S3Place,
  access: S3Access,
  path: string,
  regions: KnownRegions = new Map(),
): Promise<FetchOutcome> {
  const first = inRegion(place, regions.get(place.bucketUrl) ?? place.region);
  const inRightRegion: Exchange = async (request) => {
    const answer = await exchange(request);
    if (!ELSEWHERE.includes(answer.status)) return answer;
    const region = await bucketRegion(exchange, place, answer);
    if (!region || region === first.region) return answer;
    regions.set(place.bucketUrl, region);
    return exchange(signedRequest(inRegion(place, region), access, path));
  };
  return fetchObject(inRightRegion, signedRequest(first, access, path));
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

function signedRequest(place: S3Place, access: S3Access, path: string): GuardedRequest {
  const { bucketUrl, prefix, region, owner } = place;
  const url = `${bucketUrl}/${objectPath(prefix, path)}`;
  const sign = sigv4Signer({ ...access, service: 's3', region });
  const target = targetOf(url);
  const headers = { ...(owner && { 'x-amz-expected-bucket-owner': owner }) };
  return { ...unsigned(bucketUrl), url, headers: sign({ ...target, method: 'GET', headers }, new Date()) };
}
