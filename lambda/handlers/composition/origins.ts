import { endpointOrigins } from '../../adapters/accounts-table/endpoint-origins.ts';
import { roleAssumer } from '../../adapters/origin-access/assume-role.ts';
import { credentialOpener } from '../../adapters/origin-access/origin-credentials.ts';
import { originDirectory } from '../../adapters/origin-access/origin-directory.ts';
import { originCache } from '../../adapters/originals-bucket/origin-cache.ts';
import { foreignBucketEndpoint, requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { FetchPinnedDeps } from '../../core/delivery/fetch-pinned.ts';
import type { FindInOriginsDeps } from '../../core/delivery/find-in-origins.ts';
import type { CheckImage } from '../../core/render/check-image.ts';
import type { OriginDirectory } from '../../core/settings/origins/origin-store.ts';
import { detectType } from '../../formats/types/detect-type.ts';
import { guardedExchange } from '../../remote/guarded-exchange.ts';
import type { OriginFetcherDeps } from '../../remote/origins/origin-fetcher.ts';
import { originFetcher } from '../../remote/origins/origin-fetcher.ts';
import { composeAccountItems } from './account-items.ts';

/**
 * What looks for files in origins. Imported when the first file is not in the library: a deployment without origins has
 * nothing of it at its start.
 * @param checkImage handed in: importing the renderer from here would make the bundler load all of it late, too
 */
export function composeOrigins(checkImage: CheckImage): Omit<FindInOriginsDeps, 'report'> & FetchPinnedDeps {
  const { directory, ...reading } = composeOriginReading();
  return {
    directory,
    fetcher: originFetcher(reading),
    cache: originCache(process.env, requireEnvironment(ENVIRONMENT.originalsBucket)),
    detectType,
    checkImage,
  };
}

/** How files in origins are asked for, and where origins are kept. */
export function composeOriginReading(): OriginFetcherDeps & { readonly directory: OriginDirectory } {
  const home = { ...process.env, AWS_REGION: requireEnvironment(ENVIRONMENT.accountsRegion) };
  const accounts = composeAccountItems();
  return {
    directory: originDirectory(accounts, endpointOrigins(accounts)),
    exchange: guardedExchange({ exceptions: reachable(), maximumBytes: LIMITS.sourceBytes }),
    opener: credentialOpener(home, requireEnvironment(ENVIRONMENT.originCredentialsKey)),
    assumeRole: roleAssumer(process.env),
    endpoints: {
      region: requireRegion(process.env),
      s3: (bucket) => foreignBucketEndpoint(process.env, bucket),
      google: 'https://storage.googleapis.com',
      azure: (account) => `https://${account}.blob.core.windows.net`,
    },
    clock: Date.now,
  };
}

/** CIDR blocks that are not public and may be reached all the same. */
const reachable = (): string => process.env[ENVIRONMENT.remoteAllow] ?? '';
