import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectSource } from '../../../../lambda/core/library/imports/object-source.ts';
import type { StoredOrigin } from '../../../../lambda/core/settings/origins/origin.ts';
import type { OriginFetcher } from '../../../../lambda/core/settings/origins/origin-fetcher.ts';
import { guardedExchange } from '../../../../lambda/remote/guarded-exchange.ts';
import { objectSource } from '../../../../lambda/remote/origins/object-source.ts';
import { originFetcher } from '../../../../lambda/remote/origins/origin-fetcher.ts';
import type { BucketFixture } from '../../../adapters/bucket-fixture.ts';
import { startBucketFixture } from '../../../adapters/bucket-fixture.ts';
import { TEST_CREDENTIALS } from '../../../adapters/library-fixture.ts';
import { ORIGIN_ID, storedOrigin } from '../../settings/origins/stored-origin.ts';

export const BUCKET = 'theirs';

/** Somebody's bucket on a real server, as an origin and as what imports take from. */
export interface BucketToImport {
  readonly fixture: BucketFixture;
  readonly source: ObjectSource;
  readonly fetcher: OriginFetcher;
  put(key: string, body: string | Uint8Array, metadata?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** @param settings of the origin */
export async function startBucketToImport(settings: { readonly prefix?: string } = {}): Promise<BucketToImport> {
  const fixture = await startBucketFixture(BUCKET);
  const endpoint = fixture.environment.AWS_ENDPOINT_URL_S3 ?? '';
  const origin = storedOrigin('S3_COMPATIBLE', { endpoint, bucket: BUCKET, ...settings }, 'sealed');
  const reading = {
    exchange: guardedExchange({ exceptions: '127.0.0.0/8', maximumBytes: 50_000_000 }),
    opener: {
      open: async () => ({ accessKey: TEST_CREDENTIALS.accessKeyId, secretKey: TEST_CREDENTIALS.secretAccessKey }),
    },
    assumeRole: async () => undefined,
    endpoints: { region: 'us-east-1', s3: () => endpoint, google: endpoint, azure: () => endpoint },
    clock: Date.now,
  };
  const fetcher = originFetcher(reading);
  const directory = {
    find: async (id: string): Promise<StoredOrigin | undefined> => (id === ORIGIN_ID ? origin : undefined),
  };
  return {
    fixture,
    fetcher,
    source: objectSource({ ...reading, directory, fetcher }),
    put: async (Key, Body, Metadata = {}) => {
      await fixture.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, Metadata }));
    },
    close: () => fixture.close(),
  };
}
