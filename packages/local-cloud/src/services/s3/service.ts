import type { FaultSwitch } from '../../faults/fault-switch.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { bucketConfiguration, letsCloudFrontRead, S3_RESOURCE_TYPES } from './properties.ts';
import { type S3Server, startS3Server } from './server.ts';

/** Its folder in the state folder. */
const FOLDER = 's3';

/** Folder with the bytes of objects, in the state folder. */
export const OBJECTS = `${FOLDER}/blobs`;

/**
 * S3 promises no time and no order of its events (Amazon S3 User Guide, "Amazon S3 Event Notifications"). Most come when whoever
 * stored the object has gone on; now and then one is faster.
 */
const SLOWEST_EVENT_MS = 500;

/** `http://127.0.0.1:PORT`, for path-style requests. */
export const S3_ENDPOINT = offerOf<string>('the endpoint of S3');

/** Bytes of a bucket, by its name. */
export const BUCKET_BYTES = offerOf<(bucket: string) => number>('the sizes of buckets');

export const s3: Service = {
  name: 's3',
  resourceTypes: S3_RESOURCE_TYPES,
  keptFile: `${FOLDER}/metadata.db`,
  start: async (cloud) => {
    const server = await cloud.using(`${FOLDER}/metadata.db`, () => startServer(cloud));
    cloud.sdkEndpoints.set('S3', server.endpoint);
    cloud.offer(S3_ENDPOINT, server.endpoint);
    cloud.offer(BUCKET_BYTES, (bucket) => server.bytesOf(bucket));
    // Nobody takes events before the bus has its rules.
    cloud.whenStarted(() => server.startEvents());
  },
};

async function startServer(cloud: StartingCloud): Promise<S3Server> {
  const { functions, owner, cdn } = cloud.principals;
  const server = await startS3Server({
    folder: cloud.path(FOLDER),
    region: cloud.resources('AWS::S3::Bucket')[0]?.region ?? 'us-east-1',
    principals: [
      ...[...functions.values(), owner].map((one) => ({ ...one, access: 'all' as const })),
      { ...cdn, access: 'get-only' },
    ],
    onEvent: (event) => cloud.publish(event),
    eventDelay: () => Math.random() * SLOWEST_EVENT_MS,
    fateOfReplication: cloud.faults && fateBy(cloud.faults),
  });
  cloud.atEnd(() => server.close());
  makeBuckets(cloud, server);
  return server;
}

const fateBy = (faults: FaultSwitch) => (key: string) => {
  const fault = faults.draw('replication', key);
  return { lag: fault?.kind === 'lag' ? fault.milliseconds : 0, fails: fault?.kind === 'fail' };
};

/** Makes every bucket of the templates, and those of others that they replicate to, which stand for what is not deployed here. CloudFront may read those whose policy says so. */
function makeBuckets(cloud: StartingCloud, server: S3Server): void {
  const readable = cloud
    .resources('AWS::S3::BucketPolicy')
    .filter(({ properties }) => letsCloudFrontRead(properties.PolicyDocument))
    .map(({ properties }) => properties.Bucket);
  const planned = cloud.resources('AWS::S3::Bucket');
  const buckets = planned.map(({ ref, properties }) => bucketConfiguration(ref, properties));
  for (const { destination } of buckets.flatMap(({ replications = [] }) => replications)) {
    if (buckets.some(({ name }) => name === destination)) continue;
    server.ensureBucket({ name: destination, versioned: true, eventBridge: false });
  }
  for (const { ref, properties } of planned) {
    server.ensureBucket({
      ...bucketConfiguration(ref, properties),
      ...(readable.includes(ref) && { readers: [cloud.principals.cdn.accessKeyId] }),
    });
  }
}
