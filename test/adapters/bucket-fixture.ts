import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { type BucketConfiguration, startS3Server } from 'local-cloud/s3';
import { TEST_CREDENTIALS, TEST_REGION } from './library-fixture.ts';

/** Empty buckets on a real S3-compatible server that checks signatures. */
export interface BucketFixture {
  readonly client: S3Client;
  /** The environment in which the product's own adapters find the server. */
  readonly environment: Readonly<Record<string, string>>;
  /** All keys of a bucket, sorted. */
  readonly keys: (bucket: string) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

/** What is told of the first buckets, and whether their replication fails at the moment. */
type BucketKind = Pick<BucketConfiguration, 'versioned' | 'retention' | 'replications'> & {
  readonly replicationFails?: () => boolean;
};

/** @param first versioned, locked and replicated or not, or the first name of buckets without versions */
export async function startBucketFixture(first: string | BucketKind, ...others: string[]): Promise<BucketFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-buckets-'));
  const server = await startS3Server({
    folder,
    region: TEST_REGION,
    principals: [{ ...TEST_CREDENTIALS, access: 'all' }],
    fateOfReplication: () => ({ lag: 0, fails: typeof first === 'object' && first.replicationFails?.() === true }),
  });
  const [kind, names] = typeof first === 'string' ? [{ versioned: false }, [first, ...others]] : [first, others];
  for (const name of names) server.ensureBucket({ name, ...kind, eventBridge: false });
  const client = new S3Client({ endpoint: server.endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  return {
    client,
    environment: {
      AWS_REGION: TEST_REGION,
      AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_S3: server.endpoint,
    },
    keys: (bucket) => keysOf(client, bucket),
    close: async () => {
      client.destroy();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function keysOf(client: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
  }
  return keys;
}
