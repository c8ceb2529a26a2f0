import { AwsClient } from 'aws4fetch';
import { objectPath } from '../../core/origins/object-path.ts';
import type { FetchOutcome } from '../../core/origins/ports.ts';
import { portOf } from '../guarded-address.ts';
import type { Exchange, GuardedRequest } from '../guarded-exchange.ts';
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
  readonly region: string;
  /** The account that must own the bucket. */
  readonly owner?: string | undefined;
}

/**
 * Fetches one object, signed. A bucket in another region than the signature is for says so in its refusal; then it is
 * asked once more. Other redirects are not followed: the signature is for one host.
 */
export function fetchFromS3(exchange: Exchange, place: S3Place, access: S3Access, path: string): Promise<FetchOutcome> {
  const inRightRegion: Exchange = async (request) => {
    const answer = await exchange(request);
    const right = answer.headers['x-amz-bucket-region'];
    if (typeof right !== 'string' || right === place.region || ![301, 307, 400].includes(answer.status)) return answer;
    return exchange(await signedRequest({ ...place, region: right }, access, path));
  };
  return signedRequest(place, access, path).then((request) => fetchObject(inRightRegion, request));
}

async function signedRequest(place: S3Place, access: S3Access, path: string): Promise<GuardedRequest> {
  const { bucketUrl, prefix, region, owner } = place;
  const base = new URL(bucketUrl);
  const url = `${bucketUrl}/${objectPath(prefix, path)}`;
  const signer = new AwsClient({ ...access, service: 's3', region, retries: 0 });
  const { headers } = await signer.sign(url, { headers: { ...(owner && { 'x-amz-expected-bucket-owner': owner }) } });
  return {
    url,
    headers: Object.fromEntries(headers),
    allowHost: (host) => host === base.hostname,
    port: portOf(base),
    redirects: 0,
  };
}
