import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  RECORDS_PREFIX,
  restoreFunctionName,
  restoreRoleName,
  SETTINGS_PARTITIONS,
} from '../../../lambda/contract/backup.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { MEDIA_PREFIX } from '../../../lambda/contract/object-keys.ts';
import type { BackupDestination } from '../../config/backup.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import { READ } from './destination-policy.ts';
import { bucketArn } from './replication.ts';

/** A part of a restore copies 20,000 objects at most. */
const TIMEOUT_SECONDS = 900;
const MEMORY_MEGABYTES = 1024;

export interface RestorerProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly originals: OriginalsBucket;
  readonly library: LibraryTable;
  readonly accounts: AccountsTable;
  readonly audit: AuditTable;
  readonly destination: BackupDestination;
}

/**
 * Gives the region what its backup has, asked by whoever IAM lets call it. It adds, and removes nothing: there is no right to delete a
 * record, and none to write into the backup.
 */
export class Restorer extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: RestorerProps) {
    super(scope, id);
    const { deployment, code, originals, library, accounts, destination } = props;
    this.fn = new HandlerFunction(this, 'Restore', {
      description: `Restores ${Stack.of(this).stackName} from its backup`,
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
      functionName: restoreFunctionName(deployment),
      roleName: restoreRoleName(deployment, Stack.of(this).region),
      environment: { [ENVIRONMENT.backupBucket]: destination.bucket },
    }).fn;
    props.audit.grantAppend(this.fn);
    originals.grantRestore(this.fn);
    library.grantAdd(this.fn);
    accounts.grantAddPartitions(this.fn, SETTINGS_PARTITIONS);
    const bucket = bucketArn(destination);
    this.fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket] }));
    this.fn.addToRolePolicy(
      new PolicyStatement({
        actions: READ,
        resources: [MEDIA_PREFIX, RECORDS_PREFIX].map((prefix) => `${bucket}/${prefix}*`),
      }),
    );
  }
}
