import type { CountedUsage } from '../../core/insight/usage.ts';
import type { ReadMetrics } from './metric-data.ts';

export interface CountedUsageOptions {
  /** Of the region that CloudFront reports to. */
  readonly edge: ReadMetrics;
  /** Of the region of the originals. */
  readonly region: ReadMetrics;
  /** Undefined while there is no distribution. */
  readonly distributionId: () => Promise<string | undefined>;
  /** Bucket with the originals. */
  readonly originals: string;
}

/** From what CloudFront and S3 report to CloudWatch at no price (AWS, "CloudFront metrics", "Amazon S3 storage metrics"). */
export function countedUsage({ edge, region, distributionId, originals }: CountedUsageOptions): CountedUsage {
  return {
    traffic: async (span) => {
      const id = await distributionId();
      if (id === undefined) return { bytes: 0, requests: 0 };
      const metric = (name: string) => ({
        ...{ namespace: 'AWS/CloudFront', name, statistic: 'Sum' as const },
        dimensions: { DistributionId: id, Region: 'Global' },
      });
      const [bytes = [], requests = []] = await edge([metric('BytesDownloaded'), metric('Requests')], span);
      return { bytes: sumOf(bytes), requests: sumOf(requests) };
    },
    storedBytes: async (span) => {
      const dimensions = { BucketName: originals, StorageType: 'StandardStorage' };
      const metric = { namespace: 'AWS/S3', name: 'BucketSizeBytes', dimensions, statistic: 'Average' as const };
      const [[newest] = []] = await region([metric], span);
      return newest === undefined ? undefined : Math.round(newest);
    },
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
