import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { MetricName, Metrics } from './metrics.ts';

interface MetricQuery {
  readonly Id: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    };
    /** Seconds. */
    readonly Period: number;
    readonly Stat: string;
  };
}

/** Of a metric that has one value in each period, these are the same. */
const STATISTICS = ['Sum', 'Average', 'Maximum', 'Minimum'];

/** CloudWatch's GetMetricData, for metrics without expressions. Times are seconds since 1970. */
export function metricApi(metrics: Metrics): AwsApi {
  return jsonApi({
    signingName: 'monitoring',
    targetPrefix: 'GraniteServiceVersion20100801',
    operations: {
      GetMetricData: ({ MetricDataQueries, StartTime, EndTime }) => {
        const [from, to] = [Number(StartTime) * 1000, Number(EndTime) * 1000];
        if (!(from < to)) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
        if (!Array.isArray(MetricDataQueries) || MetricDataQueries.length === 0) {
          throw invalid('MetricDataQueries is required.');
        }
        return {
          MetricDataResults: (MetricDataQueries as readonly MetricQuery[]).map((query) =>
            resultOf(metrics, query, from, to),
          ),
          Messages: [],
        };
      },
    },
  });
}

function resultOf(metrics: Metrics, { Id, MetricStat: stat }: MetricQuery, from: number, to: number) {
  if (!stat) throw invalid('Only metrics are known here, no expressions.');
  if (!STATISTICS.includes(stat.Stat)) throw invalid(`The statistic must be one of ${STATISTICS.join(', ')}.`);
  const period = stat.Period * 1000;
  const found = metrics.datapoints(nameOf(stat.Metric), { from, to, period }).reverse();
  return {
    Id,
    Label: stat.Metric.MetricName,
    Timestamps: found.map(({ time }) => time / 1000),
    Values: found.map(({ sum }) => sum),
    StatusCode: 'Complete',
  };
}

const nameOf = ({
  Namespace,
  MetricName,
  Dimensions = [],
}: NonNullable<MetricQuery['MetricStat']>['Metric']): MetricName => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

const invalid = (message: string) => new ServiceError('ValidationError', message);
