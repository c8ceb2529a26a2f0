import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { watchFunctionName } from '../../../lambda/contract/edge.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import type { CredentialsSecret } from '../accounts/credentials-secret.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import { variantsBucketName } from '../storage/variants-bucket.ts';
import type { EdgeCallers } from './edge-callers.ts';

const TIMEOUT_SECONDS = 55;
const MEMORY_MEGABYTES = 256;

export interface RegionWatchProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  /** The other region. */
  readonly watched: string;
  readonly originals: OriginalsBucket;
  readonly audit: AuditTable;
  /** The home region. */
  readonly home: string;
  readonly credentials: CredentialsSecret;
  readonly edgeCallers: EdgeCallers;
}

/**
 * Looks every minute whether another region answers, and flips its switch at the edge when it has not for some minutes. It is outside of that
 * region, and asks nothing of home but the name of it.
 */
export class RegionWatch extends Construct {
  constructor(scope: Construct, id: string, props: RegionWatchProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Watch', {
      description: `Looks whether ${props.watched} answers`,
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
      functionName: watchFunctionName(props.deployment),
      environment: {
        [ENVIRONMENT.watchedRegion]: Stack.of(this).toJsonString({
          region: props.watched,
          variantsBucket: variantsBucketName(props.deployment, props.watched),
        }),
        [ENVIRONMENT.accountsRegion]: props.home,
      },
    });
    props.originals.grantKeepHealth(fn);
    props.audit.grantAppend(fn);
    props.credentials.grantRead(fn);
    props.edgeCallers.add('RegionWatch', fn, ['switch']);
    new Rule(this, 'EveryMinute', {
      description: `${props.watched} is looked at`,
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new FunctionTarget(fn, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
