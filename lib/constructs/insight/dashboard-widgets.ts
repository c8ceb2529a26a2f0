import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** Of a point of every graph. */
export const POINT = Duration.minutes(5);

/** A third of CloudWatch's 24 columns. */
const WIDTH = 8;

/** One graph as all of ours are. @param title with the unit, where it is not a number of things */
export const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, width: WIDTH, left: [...left], right: [...right], leftYAxis: { min: 0 } });

/** What CloudFront counts of a distribution (AWS, "View CloudFront and edge function metrics"). */
export function distributionMetric(
  DistributionId: string,
  metricName: string,
  statistic: string,
  label: string,
): Metric {
  const dimensionsMap = { DistributionId, Region: 'Global' };
  return new Metric({ namespace: 'AWS/CloudFront', metricName, dimensionsMap, statistic, label, period: POINT });
}
