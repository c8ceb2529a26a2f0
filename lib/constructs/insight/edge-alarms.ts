import { Duration, Stack } from 'aws-cdk-lib';
import { AnomalyDetectionAlarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { alarmPercent } from '../../slo/error-budget.ts';
import { objectiveOf, readServiceLevels } from '../../slo/read-service-levels.ts';
import { OperationsAlarm } from './operations-alarm.ts';

/** Percent of answers that are 5xx, for a quarter of an hour. */
const FAILED_PERCENT = 5;

/** Renewal by ACM begins 60 days before the end (AWS, "Managed certificate renewal"): by then it has been tried for a month. */
const CERTIFICATE_DAYS = 30;

/** Standard deviations around what CloudWatch expects. */
const BAND = 4;

/** Hours that must be unusual one after the other. */
const UNUSUAL_HOURS = 2;

/** CloudFront's metrics of a distribution (AWS, "View CloudFront and edge function metrics"). */
const TRAFFIC = [
  { metricName: 'Requests', name: 'requests', statistic: 'Sum', what: 'number of requests' },
  { metricName: 'BytesDownloaded', name: 'bytes', statistic: 'Sum', what: 'number of bytes' },
  { metricName: '4xxErrorRate', name: '4xx', statistic: 'Average', what: 'share of refused requests' },
  { metricName: '5xxErrorRate', name: '5xx', statistic: 'Average', what: 'share of failed requests' },
] as const;

export interface EdgeAlarmsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Of the distribution that delivers media. */
  readonly distributionId: string;
  /** The owner's certificates, by what they are for. */
  readonly certificates: ReadonlyMap<string, string>;
}

/** What of the edge somebody must look at. CloudFront's metrics are in us-east-1, as certificates are. */
export class EdgeAlarms extends Construct {
  constructor(scope: Construct, id: string, { deployment, distributionId, certificates }: EdgeAlarmsProps) {
    super(scope, id);
    new OperationsAlarm(this, 'Media5xx', {
      ...{ deployment, name: 'media-5xx', article: 'function-fails', threshold: FAILED_PERCENT, periods: 3 },
      what: `${FAILED_PERCENT} % of the answers to viewers are failures`,
      metric: cdnMetric(distributionId, '5xxErrorRate', 'Average', Duration.minutes(5)),
    });
    const levels = readServiceLevels();
    for (const burn of levels.burnRates) {
      new OperationsAlarm(this, `Budget-${burn.name}`, {
        ...{ deployment, name: `budget-${burn.name}`, article: 'budget-burns' },
        what: `${burn.budgetPercent} % of the month’s error budget are used up in ${hoursOf(burn.hours)}`,
        threshold: alarmPercent(objectiveOf(levels, 'media'), burn, levels.days),
        metric: cdnMetric(distributionId, '5xxErrorRate', 'Average', Duration.hours(burn.hours)),
      });
    }
    for (const [use, arn] of certificates) {
      new OperationsAlarm(this, `Certificate-${use}`, {
        ...{ deployment, name: `certificate-${use}`, article: 'certificate', threshold: CERTIFICATE_DAYS },
        what: `The certificate of the ${use} host ends within ${CERTIFICATE_DAYS} days`,
        metric: certificateDays(arn),
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      });
    }
    for (const { metricName, name, statistic, what } of TRAFFIC) {
      new AnomalyDetectionAlarm(this, `Unusual-${name}`, {
        alarmName: `${deployment}-unusual-${name}-${Stack.of(this).region}`,
        alarmDescription: `The ${what} is unusual: docs/runbook/traffic-unusual.md`,
        metric: cdnMetric(distributionId, metricName, statistic, Duration.hours(1)),
        stdDevs: BAND,
        evaluationPeriods: UNUSUAL_HOURS,
        comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    }
  }
}

const hoursOf = (hours: number): string => (hours === 1 ? 'an hour' : `${hours} hours`);

function cdnMetric(distributionId: string, metricName: string, statistic: string, period: Duration): Metric {
  const dimensionsMap = { DistributionId: distributionId, Region: 'Global' };
  return new Metric({ namespace: 'AWS/CloudFront', metricName, dimensionsMap, statistic, period });
}

/** Told twice a day (AWS, "Supported CloudWatch metrics" of ACM). */
const certificateDays = (CertificateArn: string): Metric =>
  new Metric({
    ...{ namespace: 'AWS/CertificateManager', metricName: 'DaysToExpiry', statistic: 'Minimum' },
    dimensionsMap: { CertificateArn },
    period: Duration.days(1),
  });
