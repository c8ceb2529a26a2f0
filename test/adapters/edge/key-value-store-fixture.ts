import { lookup as resolve } from 'node:dns';
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { KeyValueStores, startAwsApis } from 'local-cloud/aws-apis';
import { TEST_CREDENTIALS } from '../library-fixture.ts';

export const ARN = 'arn:aws:cloudfront::000000000000:key-value-store/settings';

/** The SDK puts the account before the host; names under localhost are this machine (RFC 6761). */
const localLookup: LookupFunction = (name, options, done) =>
  resolve(name.endsWith('.localhost') ? '127.0.0.1' : name, options, done);

/** A KeyValueStore behind its API on this machine, which checks the signature for all regions, and clients of it. */
export async function startKeyValueStore() {
  const stores = await KeyValueStores.open(undefined);
  await stores.declare(ARN, new Map());
  const apis = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    keyValueStores: stores,
    invalidate: () => true,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    log: console.error,
  });
  let calls = 0;
  const client = (secretAccessKey: string = TEST_CREDENTIALS.secretAccessKey): CloudFrontKeyValueStoreClient => {
    const made = new CloudFrontKeyValueStoreClient({
      region: 'us-east-1',
      endpoint: apis.endpoint.replace('127.0.0.1', 'localhost'),
      credentials: { ...TEST_CREDENTIALS, secretAccessKey },
      requestHandler: { httpAgent: new Agent({ lookup: localLookup, keepAlive: true }) },
      maxAttempts: 1,
    });
    made.middlewareStack.add((next) => (request) => {
      calls++;
      return next(request);
    });
    return made;
  };
  return { apis, stores, client, /** Calls of all clients so far. */ calls: () => calls };
}
