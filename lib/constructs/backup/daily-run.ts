import { Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RECORDS_PREFIX, reconcileRoleName, SETTINGS_PARTITIONS } from '../../../lambda/contract/backup.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { MEDIA_PREFIX } from '../../../lambda/contract/object-keys.ts';
import type { BackupDestination } from '../../config/backup.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import { LIST, REPAIR } from './destination-policy.ts';
import { bucketArn } from './replication.ts';

/** A million records are read and written in some minutes. */
const TIMEOUT_SECONDS = 900;
const MEMORY_MEGABYTES = 1024;

export interface DailyRunProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly originals: OriginalsBucket;
  readonly library: LibraryTable;
  readonly accounts: AccountsTable;
  readonly destination: BackupDestination;
}

/**
 * Once a day writes all records of the library beside its originals, so that a restore needs the changes of two days at most, and
 * repairs what the backup does not have.
 */
export class DailyRun extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: DailyRunProps) {
    super(scope, id);
    const { deployment, code, originals, library, accounts, destination } = props;
    this.fn = new HandlerFunction(this, 'BackUp', {
      description: 'Takes the day’s snapshot of the library, and compares the backup with the originals',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
      roleName: reconcileRoleName(deployment, Stack.of(this).region),
      environment: { [ENVIRONMENT.backupBucket]: destination.bucket },
    }).fn;
    originals.grantKeepRecords(this.fn);
    library.grantReadAll(this.fn);
    accounts.grantReadPartitions(this.fn, SETTINGS_PARTITIONS);
    this.#letRepair(originals, destination);
    new Rule(this, 'EveryDay', {
      description: 'A snapshot of the library is taken, and the backup compared',
      schedule: Schedule.cron({ hour: '3', minute: '30' }),
      targets: [new FunctionTarget(this.fn)],
    });
  }
  /** It reads what it copies, and removes from the backup what was removed for good. */
  #letRepair(originals: OriginalsBucket, destination: BackupDestination): void {
    const bucket = bucketArn(destination);
    const objects = [MEDIA_PREFIX, RECORDS_PREFIX].map((prefix) => `${bucket}/${prefix}*`);
    originals.grantReplicable(this.fn);
    this.fn.addToRolePolicy(new PolicyStatement({ actions: LIST, resources: [bucket] }));
    this.fn.addToRolePolicy(new PolicyStatement({ actions: REPAIR, resources: objects }));
  }
}
