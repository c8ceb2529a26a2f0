import type { TimeSpan } from '../../core/insight/usage.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { metricsEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** A metric with one value a day (AWS, "GetMetricData"). */
export interface DailyMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Average';
}

/** Values of each metric, newest day first. */
export type ReadMetrics = (metrics: readonly DailyMetric[], span: TimeSpan) => Promise<readonly (readonly number[])[]>;

/** Milliseconds for one attempt. */
const TIMEOUT = 5_000;

const DAY_SECONDS = 86_400;

interface MetricAnswer {
  readonly MetricDataResults: readonly { readonly Id: string; readonly Values: readonly number[] }[];
}

/**
 * CloudWatch without SDK.
 * @param environment its region is the metrics'
 */
export function metricReader(environment: Environment): ReadMetrics {
  const send = signedFetch('monitoring', environment);
  const url = `${metricsEndpoint(environment)}/`;
  return async (metrics, { from, to }) => {
    const body = {
      MetricDataQueries: metrics.map((metric, index) => ({ Id: `m${index}`, MetricStat: statOf(metric) })),
      StartTime: from / 1000,
      EndTime: to / 1000,
      ScanBy: 'TimestampDescending',
    };
    const { MetricDataResults } = await send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
        },
        body: JSON.stringify(body),
        timeout: TIMEOUT,
      },
      async (answer) => JSON.parse(await answer.text()) as MetricAnswer,
    );
    return metrics.map((_, index) => MetricDataResults.find(({ Id }) => Id === `m${index}`)?.Values ?? []);
  };
}

const statOf = ({ namespace, name, dimensions, statistic }: DailyMetric) => ({
  Metric: {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  },
  Period: DAY_SECONDS,
  Stat: statistic,
});
