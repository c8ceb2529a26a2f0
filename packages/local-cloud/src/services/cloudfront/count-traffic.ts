import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../cloudwatch/metrics.ts';

/** Of a distribution, whatever its region (AWS, "Metrics for CloudFront distributions"). */
const metricOf = (distributionId: string) => (name: string) => ({
  namespace: 'AWS/CloudFront',
  name,
  dimensions: { DistributionId: distributionId, Region: 'Global' },
});

/** Counts a request and the bytes that its answer puts on the wire. */
export function countTraffic(metrics: Metrics, distributionId: string) {
  const metric = metricOf(distributionId);
  return ({ socket }: IncomingMessage, response: ServerResponse): void => {
    const before = socket.bytesWritten;
    metrics.count(metric('Requests'), 1);
    response.once('close', () => metrics.count(metric('BytesDownloaded'), socket.bytesWritten - before));
  };
}
