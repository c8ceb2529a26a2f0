import { Duration } from 'aws-cdk-lib';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { NAMES_PARTITION, RECORD_PARTITIONS, SETTINGS_PARTITIONS } from '../../../lambda/contract/backup.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';

const TIMEOUT_SECONDS = 60;
const MEMORY_MEGABYTES = 512;

const BATCH_SIZE = 500;

/** Each batch is one file: what happens within seconds is put together. */
const GATHERED = Duration.seconds(10);

/** Partitions of the library table whose changes are told. */
const TOLD = [...RECORD_PARTITIONS, NAMES_PARTITION];

export interface RecordKeeperProps {
  readonly code: Code;
  readonly originals: OriginalsBucket;
  readonly library: LibraryTable;
  readonly accounts: AccountsTable;
}

/**
 * Writes what the library knows beside its originals, told by the streams of its tables, so that the copy of the bucket is complete
 * without us. Nothing is given up: a batch that fails is repeated for as long as the stream has it.
 */
export class RecordKeeper extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, { code, originals, library, accounts }: RecordKeeperProps) {
    super(scope, id);
    this.fn = new HandlerFunction(this, 'Keep', {
      description: 'Writes records of the library beside its originals',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    }).fn;
    originals.grantKeepRecords(this.fn);
    library.grantReadRecords(this.fn);
    accounts.grantReadPartitions(this.fn, SETTINGS_PARTITIONS);
    this.#follow('Library', library.grantStream(this.fn), TOLD.flatMap(FilterRule.beginsWith));
    const settings = accounts.grantStream(this.fn);
    if (settings !== undefined) this.#follow('Settings', settings, [...SETTINGS_PARTITIONS]);
  }

  /** @param partitions of which changes are told; what functions write for themselves costs no call */
  #follow(id: string, stream: string, partitions: unknown[]): void {
    const mapping = new EventSourceMapping(this, id, {
      target: this.fn,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: GATHERED,
      bisectBatchOnError: true,
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { pk: { S: partitions } } } })],
    });
    // Lambda tries the rights when the mapping is made.
    mapping.node.addDependency(this.fn.role ?? this.fn);
  }
}
