import { Duration, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import {
  ceilingBudgetName,
  type OverCeiling,
  SPEND_CEILING_PARTITION,
} from '../../../lambda/contract/spend-ceiling.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import { OperationsAlarm } from './operations-alarm.ts';

const TIMEOUT_SECONDS = 30;
const MEMORY_MEGABYTES = 512;

export interface SpendCeilingProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** US dollars a month. */
  readonly dollars: number;
  /** Who is told that no new pictures are made. At most ten (AWS, "CreateSubscriber"). */
  readonly mails: readonly string[];
  readonly code: Code;
  /** At home. */
  readonly accounts: AccountsTable;
  /** The home region's. */
  readonly audit: AuditTable;
  /** The profile small has none, which cost by the month. */
  readonly hasAlarms: boolean;
}

/**
 * What the account may cost in a month before no new pictures are made. AWS Budgets counts, some times a day, and tells a topic (AWS, "Creating
 * an Amazon SNS topic for budget notifications"); a function notes it at home, where transformers read it. Nothing is ever deleted or switched off.
 */
export class SpendCeiling extends Construct {
  constructor(scope: Construct, id: string, props: SpendCeilingProps) {
    super(scope, id);
    const { deployment, dollars, mails, accounts, audit } = props;
    const topic = new Topic(this, 'Reached', { topicName: `${deployment}-ceiling`, enforceSSL: true });
    const { account, partition } = Stack.of(this);
    const budgetName = ceilingBudgetName(deployment);
    const budgetArn = `arn:${partition}:budgets::${account}:budget/${budgetName}`;
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('budgets.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': budgetArn } },
      }),
    );
    const { fn } = new HandlerFunction(this, 'Reach', {
      description: 'Notes that the account has spent more than the ceiling',
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: { [ENVIRONMENT.ceilingBudget]: budgetName, [ENVIRONMENT.spendCeiling]: String(dollars) },
    });
    fn.addToRolePolicy(new PolicyStatement({ actions: ['budgets:ViewBudget'], resources: [budgetArn] }));
    accounts.grantReadPartitions(fn, [SPEND_CEILING_PARTITION]);
    accounts.grantAddPartitions(fn, [SPEND_CEILING_PARTITION]);
    audit.grantAppendAtHome(fn);
    fn.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6) });
    topic.addSubscription(new LambdaSubscription(fn));
    if (props.hasAlarms) {
      new OperationsAlarm(this, 'Fails', {
        ...{ deployment, name: 'ceiling-fails', article: 'spend', threshold: 1 },
        what: 'The ceiling of spending is reached, and that could not be noted',
        metric: fn.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
      });
    }
    const budget = new CfnBudget(this, 'Budget', {
      budget: { budgetName, budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollars, unit: 'USD' } },
      notificationsWithSubscribers: [
        {
          notification: {
            ...{ notificationType: 'ACTUAL', threshold: 100, thresholdType: 'PERCENTAGE' },
            comparisonOperator: 'GREATER_THAN',
          },
          subscribers: [
            { subscriptionType: 'SNS', address: topic.topicArn },
            ...mails.map((address) => ({ subscriptionType: 'EMAIL', address })),
          ],
        },
      ],
    });
    // Budgets tries the topic when the budget is made.
    budget.node.addDependency(topic);
  }
}

/** Lets the transformer show what is nearest, and note what may be shown so. */
export function showNearest(fn: LambdaFunction, library: LibraryTable): void {
  library.grantWholePictures(fn);
  fn.addEnvironment(ENVIRONMENT.overCeiling, 'nearest' satisfies OverCeiling);
}

/** Tells functions that there is a ceiling; without one they ask for none. @param dollars undefined: there is none */
export function tellOfCeiling(dollars: number | undefined, ...functions: readonly LambdaFunction[]): void {
  if (dollars === undefined) return;
  for (const fn of functions) fn.addEnvironment(ENVIRONMENT.spendCeiling, String(dollars));
}
