import { endpointOrigins } from '../../aws/accounts/endpoint-origins.ts';
import { dynamoItems } from '../../aws/dynamo-items.ts';
import { roleAssumer } from '../../aws/origins/assume-role.ts';
import { keptOriginals } from '../../aws/origins/kept-originals.ts';
import { credentialOpener } from '../../aws/origins/origin-credentials.ts';
import { originDirectory } from '../../aws/origins/origin-directory.ts';
import { foreignBucketEndpoint, requireRegion } from '../../aws/service-endpoint.ts';
import { detectType } from '../../content/detect-type.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { FindInOriginsDeps } from '../../core/origins/find-in-origins.ts';
import { inspectImage } from '../../core/transform/render/inspect.ts';
import { guardedExchange } from '../../remote/guarded-exchange.ts';
import { originFetcher } from '../../remote/origins/origin-fetcher.ts';

/**
 * What looks for files in origins. Imported when the first file is not in the library: a deployment without origins has
 * nothing of it at its start.
 */
export function composeOrigins(): Omit<FindInOriginsDeps, 'report'> {
  const home = { ...process.env, AWS_REGION: requireEnvironment(ENVIRONMENT.accountsRegion) };
  const accounts = dynamoItems(home, requireEnvironment(ENVIRONMENT.accountsTable));
  return {
    directory: originDirectory(accounts, endpointOrigins(accounts)),
    fetcher: originFetcher({
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
    }),
    kept: keptOriginals(process.env, requireEnvironment(ENVIRONMENT.originalsBucket)),
    detectType,
    inspectImage,
  };
}

/** CIDR blocks that are not public and may be reached all the same. */
const reachable = (): string => process.env[ENVIRONMENT.remoteAllow] ?? '';
