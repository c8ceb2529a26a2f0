import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DailyMails as Wanted } from '../../../lambda/contract/daily-mails.ts';
import { DAILY_HOUR } from '../../../lambda/contract/daily-mails.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { People } from '../accounts/people.ts';
import type { AuditBucket } from '../audit/audit-bucket.ts';
import type { EdgeCallers } from '../edge/edge-callers.ts';
import { HandlerFunction } from '../handler-function.ts';
import { OperationsAlarm } from '../insight/operations-alarm.ts';

/** A report reads up to a million events, and Lambda gives no more. */
const TIMEOUT_MINUTES = 15;
const MEMORY_MEGABYTES = 512;

export interface DailyMailsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly accounts: AccountsTable;
  readonly people: People;
  readonly edgeCallers: EdgeCallers;
  /** Where seals are. @default the deployment makes none */
  readonly seals: AuditBucket | undefined;
  /** The profile small has none, which cost by the month. */
  readonly hasAlarms: boolean;
}

/**
 * Mails people once a day what is due: reports of the audit log, and which keys end. Only a deployment with people has it. Each of both
 * is a run of its own, so that one that fails is repeated without the other.
 */
export class DailyMails extends Construct {
  constructor(scope: Construct, id: string, props: DailyMailsProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Send', {
      description: 'Mails reports of the audit log, and which keys end',
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_MINUTES * 60,
    });
    props.accounts.grantReadAndNoteReports(fn);
    props.people.grantMailing(fn);
    props.edgeCallers.letRead(fn);
    props.seals?.grantReadSeals(fn);
    new Rule(this, 'EveryDay', {
      description: 'People are mailed what is due',
      schedule: Schedule.cron({ hour: String(DAILY_HOUR), minute: '0' }),
      targets: [targetOf(fn, 'audit-reports'), targetOf(fn, 'ending-keys')],
    });
    if (props.hasAlarms) this.#alarm(props.deployment, fn);
  }

  #alarm(deployment: string, fn: LambdaFunction): void {
    new OperationsAlarm(this, 'Fails', {
      ...{ deployment, name: 'daily-mails', article: 'audit-log', threshold: 1 },
      what: 'A report of the audit log, or a mail about keys that end, was not sent',
      metric: fn.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
    });
  }
}

const targetOf = (fn: LambdaFunction, mails: Wanted['mails']) =>
  new FunctionTarget(fn, {
    event: RuleTargetInput.fromObject({ mails } satisfies Wanted),
    retryAttempts: 0,
    maxEventAge: Duration.hours(1),
  });
