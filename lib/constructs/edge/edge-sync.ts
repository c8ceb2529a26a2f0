import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { CredentialsSecret } from '../accounts/credentials-secret.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { EdgeCallers } from './edge-callers.ts';

const TIMEOUT_SECONDS = 50;
const MEMORY_MEGABYTES = 512;

export interface EdgeSyncProps {
  readonly code: Code;
  readonly accounts: AccountsTable;
  readonly credentials: CredentialsSecret;
  readonly edgeCallers: EdgeCallers;
}

/**
 * Publishes to the edge, every minute: settings that begin or end at a time, and what a call could not publish itself.
 * One at a time; a run that is late is left out, the next one does its work.
 */
export class EdgeSync extends Construct {
  readonly fn: LambdaFunction;
  constructor(scope: Construct, id: string, props: EdgeSyncProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Publish', {
      description: 'Publishes settings, rules and takedowns to the edge',
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    this.fn = fn;
    props.accounts.grantReadAndRecordPublication(fn);
    props.credentials.grantRead(fn);
    props.edgeCallers.add('EdgeSync', fn, ['publish']);
    new Rule(this, 'EveryMinute', {
      description: 'Settings of the edge are published',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new FunctionTarget(fn, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
