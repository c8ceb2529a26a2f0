import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { breakGlassFunction, breakGlassRole } from '../../../lambda/contract/break-glass.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AccountsTable } from './accounts-table.ts';
import type { People } from './people.ts';

export interface BreakGlassProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly accounts: AccountsTable;
  readonly people: People;
}

const TIMEOUT_SECONDS = 30;
const MEMORY_MEGABYTES = 512;

/**
 * The way in when nobody can sign in: a function that IAM lets somebody call, a role that may call it and nothing else, and an
 * alarm that every call sets off. Who may assume the role, the account's own policies say; each needs a second factor.
 */
export class BreakGlass extends Construct {
  constructor(scope: Construct, id: string, { deployment, code, accounts, people }: BreakGlassProps) {
    super(scope, id);
    const functionName = breakGlassFunction(deployment);
    const { fn } = new HandlerFunction(this, 'LetIn', {
      description: 'Lets an owner in when nobody can sign in',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
      functionName,
    });
    accounts.grantReadWrite(fn);
    people.grantManage(fn);
    const role = new Role(this, 'Caller', {
      roleName: breakGlassRole(deployment),
      description: 'Comes into Vitrine without a sign-in; every use is an alarm',
      assumedBy: new AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      maxSessionDuration: Duration.hours(1),
    });
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.functionArn] }));
    new Alarm(this, 'Used', {
      alarmName: `${deployment}-break-glass`,
      alarmDescription: `Somebody came into ${Stack.of(this).stackName} without signing in: docs/runbook/break-glass.md`,
      metric: fn.metricInvocations({ period: Duration.minutes(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
