import type { AssemblyPlan } from '../assembly/plan-assembly.ts';
import { bucketConfiguration, letsCloudFrontRead } from '../s3/properties.ts';
import type { S3Server } from '../s3/server.ts';
import { resourcesOf } from './planned.ts';
import type { Principals } from './principals.ts';

/** Makes every bucket of the templates. CloudFront may read those whose policy says so. */
export function makeBuckets(plan: AssemblyPlan, s3: S3Server, { cdn }: Principals): void {
  const readable = resourcesOf(plan, 'AWS::S3::BucketPolicy')
    .filter(({ properties }) => letsCloudFrontRead(properties.PolicyDocument))
    .map(({ properties }) => properties.Bucket);
  for (const { ref, properties } of resourcesOf(plan, 'AWS::S3::Bucket')) {
    s3.ensureBucket({
      ...bucketConfiguration(ref, properties),
      ...(readable.includes(ref) && { readers: [cdn.accessKeyId] }),
    });
  }
}
