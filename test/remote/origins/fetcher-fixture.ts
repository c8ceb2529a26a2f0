import type { OriginCredentials, StoredOrigin } from '../../../lambda/core/settings/origins/origin.ts';
import type { FetchedObject, FetchOutcome } from '../../../lambda/core/settings/origins/origin-fetcher.ts';
import { guardedExchange } from '../../../lambda/remote/guarded-exchange.ts';
import type { OriginFetcherDeps } from '../../../lambda/remote/origins/origin-fetcher.ts';
import { originFetcher } from '../../../lambda/remote/origins/origin-fetcher.ts';

/** A fetcher that may reach this machine, for an origin with the given credentials. */
export function testFetcher(credentials: OriginCredentials = {}, deps: Partial<OriginFetcherDeps> = {}) {
  const fetcher = originFetcher({
    exchange: guardedExchange({ exceptions: '127.0.0.0/8', maximumBytes: 1000 }),
    opener: { open: async () => credentials },
    assumeRole: async () => undefined,
    endpoints: {
      region: 'us-east-1',
      s3: () => 'http://127.0.0.1:1',
      google: 'http://127.0.0.1:1',
      azure: () => 'http://127.0.0.1:1',
    },
    clock: Date.now,
    ...deps,
  });
  return {
    fetch: (stored: StoredOrigin, path: string, viewerHost?: string) => fetcher.fetch(stored, { path, viewerHost }),
  };
}

/** The text of a found file, or what happened instead. */
export function textOf(outcome: FetchOutcome): string {
  return outcome.outcome === 'found' ? Buffer.from(outcome.bytes).toString() : outcome.outcome;
}

export const found = (outcome: FetchOutcome): FetchedObject | undefined =>
  outcome.outcome === 'found' ? outcome : undefined;
