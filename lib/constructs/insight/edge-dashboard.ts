import { Duration } from 'aws-cdk-lib';
import { Dashboard, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { distributionMetric, graph, POINT } from './dashboard-widgets.ts';

export interface EdgeDashboardProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Of the distribution that delivers media. */
  readonly distributionId: string;
  /** Those of all regions. */
  readonly transformers: readonly RegionTransformer[];
}

export interface RegionTransformer {
  readonly region: string;
  readonly functionName: string;
}

/** What viewers ask for and get, and what the account spends, on one page of CloudWatch. */
export class EdgeDashboard extends Construct {
  constructor(scope: Construct, id: string, { deployment, distributionId, transformers }: EdgeDashboardProps) {
    super(scope, id);
    const cdn = (name: string, statistic: string, label: string) =>
      distributionMetric(distributionId, name, statistic, label);
    new Dashboard(this, 'Page', {
      dashboardName: `${deployment}-edge`,
      widgets: [
        [
          graph('Requests for media', [cdn('Requests', 'Sum', 'requests')]),
          graph('Bytes to viewers', [cdn('BytesDownloaded', 'Sum', 'bytes')]),
          graph('Answers that are errors, percent', [
            cdn('4xxErrorRate', 'Average', '4xx'),
            cdn('5xxErrorRate', 'Average', '5xx'),
          ]),
        ],
        [
          graph('Requests that needed no render, percent', [
            withoutRender(cdn('Requests', 'Sum', 'requests'), transformers),
          ]),
          graph('Spent in this month, US dollars', [spent()]),
        ],
      ],
    });
  }
}

/** What the CDN and the buckets of variants answer. CloudFront's own rate of hits is a metric that costs. */
function withoutRender(requests: Metric, transformers: readonly RegionTransformer[]): MathExpression {
  const renders = transformers.map(({ region, functionName }, index) => {
    const dimensionsMap = { FunctionName: functionName };
    const metric = new Metric({
      ...{ namespace: 'AWS/Lambda', metricName: 'Invocations', statistic: 'Sum', period: POINT },
      ...{ dimensionsMap, region },
    });
    return [`renders${index}`, metric] as const;
  });
  const sum = renders.map(([name]) => `FILL(${name}, 0)`).join(' + ');
  return new MathExpression({
    ...{ expression: `100 * (1 - (${sum}) / requests)`, label: 'percent', period: POINT },
    usingMetrics: { requests, ...Object.fromEntries(renders) },
  });
}

/** Of the whole account; it is there once the owner has turned billing alerts on (AWS, "Creating a billing alarm"). */
const spent = (): Metric =>
  new Metric({
    ...{ namespace: 'AWS/Billing', metricName: 'EstimatedCharges', statistic: 'Maximum', label: 'US dollars' },
    dimensionsMap: { Currency: 'USD' },
    period: Duration.hours(6),
  });
