import type { CredentialOpener } from '../../core/settings/origins/credential-sealing.ts';
import type {
  OriginCredentials,
  S3CompatibleOrigin,
  S3Origin,
  StoredOrigin,
} from '../../core/settings/origins/origin.ts';
import type { FetchOutcome, OriginFetcher, OriginQuestion } from '../../core/settings/origins/origin-fetcher.ts';
import { bucketUrlOf } from '../../core/settings/origins/origin-url.ts';
import type { Exchange } from '../guarded-exchange.ts';
import { fetchFromAzure } from './azure-blob.ts';
import { fetchFromGoogle } from './google-storage.ts';
import type { KnownRegions, S3Access, S3Place } from './s3-object.ts';
import { fetchFromS3 } from './s3-object.ts';
import { fetchFromWebFolder } from './web-folder.ts';
import { fetchThroughProxy } from './web-proxy.ts';

/** Where the services of the clouds answer. */
export interface OriginEndpoints {
  /** Region in which a bucket of S3 is looked for first; a bucket elsewhere says where. */
  readonly region: string;
  /** Base URL of a bucket of S3. */
  readonly s3: (bucket: string) => string;
  readonly google: string;
  /** Base URL of a storage account. */
  readonly azure: (account: string) => string;
}

export interface OriginFetcherDeps {
  readonly exchange: Exchange;
  readonly opener: CredentialOpener;
  /** Credentials of a role in another account; undefined when it may not be assumed. */
  readonly assumeRole: (roleArn: string, externalId: string) => Promise<S3Access | undefined>;
  readonly endpoints: OriginEndpoints;
  readonly clock: () => number;
}

/** Region for which requests are signed when nobody says one. */
const ANY_REGION = 'us-east-1';

interface Remembering extends OriginFetcherDeps {
  readonly regions: KnownRegions;
}

/** Reads from every kind of origin. */
export function originFetcher(given: OriginFetcherDeps): OriginFetcher {
  const deps = { ...given, regions: new Map<string, string>() };
  return { fetch: (stored, question) => fetchFrom(deps, stored, question) };
}

async function fetchFrom(
  deps: Remembering,
  stored: StoredOrigin,
  { path, viewerHost }: OriginQuestion,
): Promise<FetchOutcome> {
  const { exchange, endpoints } = deps;
  const { origin } = stored;
  switch (origin.type) {
    case 'WEB_FOLDER':
      return fetchFromWebFolder(exchange, origin, path, viewerHost);
    case 'WEB_PROXY':
      return fetchThroughProxy(exchange, origin, path);
    case 'S3':
      return fetchFromBucket(deps, stored, origin, path);
    case 'S3_COMPATIBLE': {
      const access = keysOf(await credentialsOf(deps, stored));
      return fetchFromS3(exchange, compatiblePlace(origin), access, path);
    }
    case 'GCS': {
      const { privateKey = '' } = await credentialsOf(deps, stored);
      const at = new Date(deps.clock());
      return fetchFromGoogle(exchange, origin, privateKey, path, { endpoint: endpoints.google, at });
    }
    case 'AZURE_BLOB': {
      const { sasToken = '' } = await credentialsOf(deps, stored);
      return fetchFromAzure(exchange, origin, sasToken, path, endpoints.azure(origin.accountName));
    }
  }
}

async function fetchFromBucket(
  deps: Remembering,
  stored: StoredOrigin,
  origin: S3Origin,
  path: string,
): Promise<FetchOutcome> {
  const access = origin.roleArn
    ? await deps.assumeRole(origin.roleArn, origin.id)
    : keysOf(await credentialsOf(deps, stored));
  if (!access) return { outcome: 'denied' };
  const place: S3Place = {
    bucketUrl: deps.endpoints.s3(origin.bucket),
    prefix: origin.prefix,
    region: deps.endpoints.region,
    // The role's own account unless the owner says another one.
    owner: origin.expectedBucketOwner ?? origin.roleArn?.split(':')[4],
  };
  return fetchFromS3(deps.exchange, place, access, path, deps.regions);
}

function compatiblePlace(origin: S3CompatibleOrigin): S3Place {
  const { endpoint, prefix } = origin;
  return { bucketUrl: bucketUrlOf(origin), prefix, region: regionIn(new URL(endpoint).hostname) };
}

/** Servers that check the region name it in their host: `s3.eu-central-1.wasabisys.com`. The others take any. */
function regionIn(host: string): string {
  return /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host)?.[1] ?? ANY_REGION;
}

async function credentialsOf(
  { opener }: OriginFetcherDeps,
  { origin, sealed }: StoredOrigin,
): Promise<OriginCredentials> {
  return sealed === undefined ? {} : opener.open(origin.id, sealed);
}

const keysOf = ({ accessKey = '', secretKey = '' }: OriginCredentials): S3Access => ({
  accessKeyId: accessKey,
  secretAccessKey: secretKey,
});
