import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { BUCKET_BYTES } from '../s3/service.ts';
import { metricApi } from './metric-api.ts';
import { Metrics } from './metrics.ts';

/** Where services tell what they count. */
export const METRICS = offerOf<Metrics>('metrics');

export const cloudwatch: Service = {
  name: 'cloudwatch',
  resourceTypes: [
    { class: 'cloudFormationOnly', type: 'AWS::CloudWatch::Alarm', reason: 'It watches what only AWS measures.' },
    {
      class: 'cloudFormationOnly',
      type: 'AWS::CloudWatch::AnomalyDetector',
      reason: 'It learns what only AWS measures.',
    },
    {
      class: 'cloudFormationOnly',
      type: 'AWS::CloudWatch::Dashboard',
      reason: 'It shows what only AWS measures.',
    },
  ],
  sdkEndpoints: ['CLOUDWATCH'],
  start: (cloud) => {
    const metrics = new Metrics();
    const bytesOf = cloud.need(BUCKET_BYTES);
    for (const { ref: BucketName } of cloud.resources('AWS::S3::Bucket')) {
      const dimensions = { BucketName, StorageType: 'StandardStorage' };
      metrics.daily({ namespace: 'AWS/S3', name: 'BucketSizeBytes', dimensions }, () => bytesOf(BucketName));
    }
    cloud.offer(METRICS, metrics);
    cloud.apis.add(metricApi(metrics));
  },
};
