import type { StoredOrigin } from '../../core/settings/origins/origin.ts';
import type { FetchOutcome, OriginFetcher, OriginQuestion } from '../../core/settings/origins/origin-fetcher.ts';
import type { Exchange } from '../guarded-exchange.ts';
import { fetchFromAzure } from './azure-blob.ts';
import type { BucketAccessDeps } from './bucket-access.ts';
import { credentialsOf, openBucket } from './bucket-access.ts';
import { fetchFromGoogle } from './google-storage.ts';
import type { KnownRegions } from './s3-object.ts';
import { fetchFromS3 } from './s3-object.ts';
import { fetchFromWebFolder } from './web-folder.ts';
import { fetchThroughProxy } from './web-proxy.ts';

/** Where the services of the clouds answer. */
export interface OriginEndpoints extends Readonly<BucketAccessDeps['endpoints']> {
  readonly google: string;
  /** Base URL of a storage account. */
  readonly azure: (account: string) => string;
}

export interface OriginFetcherDeps extends BucketAccessDeps {
  readonly exchange: Exchange;
  readonly endpoints: OriginEndpoints;
  readonly clock: () => number;
}

interface Remembering extends OriginFetcherDeps {
  readonly regions: KnownRegions;
}

/** Reads from every kind of origin. */
export function originFetcher(given: OriginFetcherDeps): OriginFetcher {
  const deps = { ...given, regions: new Map<string, string>() };
  return {
    fetch: async (stored, question) => {
      const exchange = conditional(deps.exchange, question);
      const outcome = await fetchFrom({ ...deps, exchange }, stored, question);
      return isAnother(outcome, question) ? { outcome: 'changed' } : outcome;
    },
  };
}

/** Sends what the question asks beside its path. No signature covers these headers, and none has to. */
function conditional(exchange: Exchange, { ifMatch, firstBytes }: OriginQuestion): Exchange {
  const headers = {
    ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
    ...(firstBytes !== undefined && { range: `bytes=0-${firstBytes - 1}` }),
  };
  if (Object.keys(headers).length === 0) return exchange;
  return (request) => exchange({ ...request, headers: { ...request.headers, ...headers } });
}

/** Not every server knows the condition. */
const isAnother = (outcome: FetchOutcome, { ifMatch }: OriginQuestion): boolean =>
  ifMatch !== undefined && outcome.outcome === 'found' && withoutQuotes(outcome.etag) !== ifMatch;

const withoutQuotes = (etag: string): string => etag.replace(/^(?:W\/)?"(.*)"$/, '$1');

async function fetchFrom(
  deps: Remembering,
  stored: StoredOrigin,
  { path, viewerHost }: OriginQuestion,
): Promise<FetchOutcome> {
  const { exchange, endpoints, regions } = deps;
  const { origin } = stored;
  switch (origin.type) {
    case 'WEB_FOLDER':
      return fetchFromWebFolder(exchange, origin, path, viewerHost);
    case 'WEB_PROXY':
      return fetchThroughProxy(exchange, origin, path);
    case 'S3':
    case 'S3_COMPATIBLE': {
      const bucket = await openBucket(deps, stored, origin);
      return bucket ? fetchFromS3(exchange, bucket.place, bucket.access, path, regions) : { outcome: 'denied' };
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
