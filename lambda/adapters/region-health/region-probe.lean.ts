import { urlEndpoint } from '../../contract/edge.ts';
import { exchange, targetOf } from '../signed-http/http-exchange.lean.ts';
import { s3Objects } from '../signed-http/s3-objects.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { isUnreachable } from '../signed-http/signed-fetch.lean.ts';

export interface RegionProbeDeps {
  readonly environment: Environment;
  /** Host of a region's API. */
  readonly apiHost: (region: string) => Promise<string | undefined>;
  readonly privateKey: () => Promise<string>;
  /** A bucket of a region. */
  readonly bucketOf: (region: string) => string;
}

/** Milliseconds for an answer of the API: a cold start is no failure. */
const PATIENCE = 12_000;

/** Whether a region's API lists its library, and its S3 answers; one that is refused has answered. */
export function regionProbe(deps: RegionProbeDeps): (region: string) => Promise<boolean> {
  return async (region) => {
    const [api, storage] = await Promise.all([apiAnswers(deps, region), storageAnswers(deps, region)]);
    return api && storage;
  };
}

async function apiAnswers({ apiHost, privateKey }: RegionProbeDeps, region: string): Promise<boolean> {
  const host = await apiHost(region);
  if (host === undefined) return true;
  const authorization = `Basic ${Buffer.from(`${await privateKey()}:`).toString('base64')}`;
  const call = { method: 'GET', headers: { authorization }, timeout: PATIENCE };
  const ask = () =>
    exchange(targetOf(`${urlEndpoint(host)}/v1/files?limit=1`), call, async (answer) => {
      const text = await answer.text();
      // A region that misses its home is there itself.
      return answer.status < 500 || text.includes('"home.away"');
    }).catch(() => false);
  return (await ask()) || ask();
}

async function storageAnswers({ environment, bucketOf }: RegionProbeDeps, region: string): Promise<boolean> {
  const objects = s3Objects({ ...environment, AWS_REGION: region }, bucketOf(region));
  return objects.read('health', 1).then(
    () => true,
    (error: unknown) => !isUnreachable(error),
  );
}
