import type { NamedResource, Template } from '../guards/template.ts';
import { resourcesOf, valueAt } from '../guards/template.ts';
import { PRICES } from './prices.ts';

/** One line of a month's bill without any traffic. */
export interface CostLine {
  readonly what: string;
  readonly dollars: number;
}

const DAYS = 30.4;
const RUNS_A_MONTH = 60 * 24 * DAYS;

/* What a run of every minute is taken to need; estimated, not measured in AWS. */
const RUN_SECONDS = 0.2;
const RUN_TABLE_READS = 25;
const RUN_LOG_BYTES = 500;

/** A connection asks KMS for the key of a table every five minutes (DynamoDB, "Encryption at rest: How it works"). */
const KMS_REQUESTS_OF_TABLE = (60 / 5) * 24 * DAYS;

/** The daily comparison of the published settings: one DescribeKeyValueStore and one ListKeys. */
const KVS_CALLS_A_DAY = 2;

/** The bill of a month in which nobody asks for anything, from the templates of all stacks. */
export function idleCost(templates: readonly Template[]): CostLine[] {
  const all = (type: string) => templates.flatMap((template) => resourcesOf(template, type));
  const counted: readonly (readonly [string, number, number])[] = [
    ['web ACLs', all('AWS::WAFv2::WebACL').length, PRICES.webAcl.dollars],
    ['rules of web ACLs', all('AWS::WAFv2::WebACL').flatMap(rulesOf).length, PRICES.webAclRule.dollars],
    ['keys of KMS', all('AWS::KMS::Key').length, PRICES.kmsKey.dollars],
    ['secrets', withCopies(all('AWS::SecretsManager::Secret')), PRICES.secret.dollars],
    ['metrics of alarms', sumOfMetrics(all('AWS::CloudWatch::Alarm')), PRICES.alarm.dollars],
    ['dashboards', all('AWS::CloudWatch::Dashboard').length, PRICES.dashboard.dollars],
    ['metrics of replication', metricsOfReplication(all('AWS::S3::Bucket')), PRICES.metric.dollars],
    [
      'runs of every minute',
      all('AWS::Events::Rule').filter(isEveryMinute).length,
      runCost(all('AWS::Lambda::Function')),
    ],
    [
      'encryption of tables',
      all('AWS::DynamoDB::GlobalTable').length,
      KMS_REQUESTS_OF_TABLE * PRICES.kmsRequest.dollars,
    ],
    [
      'comparison of edge settings',
      all('AWS::CloudFront::KeyValueStore').length,
      KVS_CALLS_A_DAY * DAYS * PRICES.keyValueStoreCall.dollars,
    ],
  ];
  return counted
    .filter(([, count]) => count > 0)
    .map(([name, count, each]) => ({ what: `${count} ${name}`, dollars: count * each }));
}

export function sumOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

function rulesOf({ Properties }: NamedResource): unknown[] {
  const rules = valueAt(Properties, 'Rules');
  return Array.isArray(rules) ? rules : [];
}

/** An alarm on what is unusual has three: the metric and the two ends of its band (CloudWatch, "Pricing"). */
function sumOfMetrics(alarms: readonly NamedResource[]): number {
  return alarms.reduce(
    (sum, { Properties }) => sum + (valueAt(Properties, 'ThresholdMetricId') === undefined ? 1 : 3),
    0,
  );
}

/** Latency, bytes and operations that wait, operations that failed: four of each rule (S3, "Using S3 Replication metrics"). */
const METRICS_OF_RULE = 4;

function metricsOfReplication(buckets: readonly NamedResource[]): number {
  const rules = buckets.flatMap(({ Properties }) => valueAt(Properties, 'ReplicationConfiguration', 'Rules') ?? []);
  const measured = rules.filter((rule) => valueAt(rule, 'Destination', 'Metrics', 'Status') === 'Enabled');
  return METRICS_OF_RULE * measured.length;
}

/** A copy in another region is charged as a secret (AWS Secrets Manager, "Pricing"). */
function withCopies(secrets: readonly NamedResource[]): number {
  const copies = secrets.flatMap(({ Properties }) => valueAt(Properties, 'ReplicaRegions') ?? []);
  return secrets.length + copies.length;
}

const isEveryMinute = ({ Properties }: NamedResource) => valueAt(Properties, 'ScheduleExpression') === 'rate(1 minute)';

/** Functions that run every minute are those that must end within it. */
function runCost(functions: readonly NamedResource[]): number {
  const memory = functions
    .filter(
      ({ Properties }) => Number(valueAt(Properties, 'Timeout')) >= 50 && Number(valueAt(Properties, 'Timeout')) < 60,
    )
    .map(({ Properties }) => Number(valueAt(Properties, 'MemorySize')));
  const gigabytes = Math.max(0, ...memory) / 1024;
  return (
    RUNS_A_MONTH *
    (PRICES.lambdaRequest.dollars +
      RUN_SECONDS * gigabytes * PRICES.lambdaGigabyteSecond.dollars +
      RUN_TABLE_READS * PRICES.tableRead.dollars +
      (RUN_LOG_BYTES / 1e9) * PRICES.logGigabyte.dollars)
  );
}
