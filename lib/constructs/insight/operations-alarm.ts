import { Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface OperationsAlarmProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Between the deployment's name and the region's. */
  readonly name: string;
  /** A sentence without its end: what has happened. */
  readonly what: string;
  /** File of docs/runbook/ that says what to do. */
  readonly article: string;
  readonly metric: IMetric;
  /** From this value on. */
  readonly threshold: number;
  /** Periods one after the other for which that must hold. @default 1 */
  readonly periods?: number;
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: ComparisonOperator;
  /** Whether no data is bad, too. @default false */
  readonly isMissingBad?: boolean;
}

/** An alarm as all of ours are: its name says deployment and region, its description ends with its article of the runbook. */
export class OperationsAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: OperationsAlarmProps) {
    const { deployment, name, what, article, metric, threshold, periods = 1 } = props;
    const { comparison = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, isMissingBad = false } = props;
    super(scope, id, {
      alarmName: `${deployment}-${name}-${Stack.of(scope).region}`,
      alarmDescription: `${what}: docs/runbook/${article}.md`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: comparison,
      treatMissingData: isMissingBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
  }
}
