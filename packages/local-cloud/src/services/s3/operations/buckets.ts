import { receiveText } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { readS3Document } from '../xml.ts';
import { xmlAnswer } from './operation.ts';

/** ListBuckets. */
export function listBuckets(services: S3Services): S3Answer {
  const buckets = services.buckets.all().map((bucket) => ({
    Name: bucket.name,
    CreationDate: new Date(bucket.created).toISOString(),
    BucketRegion: services.region,
  }));
  return xmlAnswer('ListAllMyBucketsResult', { Buckets: { Bucket: buckets }, Owner: { ID: 'local' } });
}

/** CreateBucket. */
export async function createBucket(services: S3Services, request: S3Request): Promise<S3Answer> {
  const document = await receiveText(request);
  if (document !== '') readS3Document(document, 'CreateBucketConfiguration');
  services.buckets.create(request.bucket, services.now());
  return { status: 200, headers: { location: `/${request.bucket}` } };
}

/** DeleteBucket. */
export function deleteBucket(services: S3Services, request: S3Request): S3Answer {
  services.buckets.remove(request.bucket);
  return { status: 204 };
}

/** HeadBucket. */
export function headBucket(services: S3Services): S3Answer {
  return { status: 200, headers: { 'x-amz-bucket-region': services.region } };
}

/** GetBucketLocation. */
export function getLocation(services: S3Services): S3Answer {
  return xmlAnswer('LocationConstraint', services.region);
}
