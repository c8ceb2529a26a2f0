import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { CredentialsSecret } from '../accounts/credentials-secret.ts';
import type { OriginCredentialsKey } from '../accounts/origin-credentials-key.ts';
import type { EdgeCallers } from '../edge/edge-callers.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import type { VariantsBucket } from '../storage/variants-bucket.ts';

const TIMEOUT_SECONDS = 55;
const MEMORY_MEGABYTES = 512;

export interface PurgeRunProps {
  readonly code: Code;
  readonly originals: OriginalsBucket;
  readonly variants: VariantsBucket;
  readonly library: LibraryTable;
  readonly audit: AuditTable;
  readonly accounts: AccountsTable;
  readonly credentials: CredentialsSecret;
  readonly originKey: OriginCredentialsKey;
  /** CIDR blocks that are not public and hold origins all the same. */
  readonly remoteAllow: readonly string[];
  readonly edgeCallers: EdgeCallers;
}

/**
 * Finishes, every minute, what calls began: the region's purges and those that concern every region, jobs of the library,
 * what followed from changes whose caller died, and the days of the trash.
 */
export class PurgeRun extends Construct {
  readonly fn: LambdaFunction;
  constructor(scope: Construct, id: string, props: PurgeRunProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Resume', {
      description: 'Finishes what calls began: purges, jobs, the trash',
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    this.fn = fn;
    props.originals.grantForgetFetched(fn);
    // Jobs copy folders.
    props.originals.grantReadWrite(fn);
    props.originals.grantErase(fn);
    // So do ZIPs, of private files by URLs that are signed.
    props.originals.grantZips(fn);
    props.credentials.grantRead(fn);
    // Imports list buckets of origins.
    props.originKey.grantOpen(fn);
    if (props.remoteAllow.length > 0) fn.addEnvironment(ENVIRONMENT.remoteAllow, props.remoteAllow.join(','));
    props.variants.grantPurge(fn);
    props.library.grantReadWrite(fn);
    props.audit.grantAppend(fn);
    props.accounts.grantReadAndKeepStaleFolders(fn);
    props.edgeCallers.add('Purges', fn, ['invalidate']);
    new Rule(this, 'EveryMinute', {
      description: 'Purges are finished',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new FunctionTarget(fn, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
