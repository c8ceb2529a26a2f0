import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SPEND_CEILING_KIND, SPEND_CEILING_PARTITION } from '../../contract/spend-ceiling.ts';
import type { CeilingMonth } from '../../core/protection/spend-ceiling/spend-ceiling.ts';
import type { SpendCeilingStore } from '../../core/protection/spend-ceiling/spend-ceiling-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { savedRecords } from './saved-records.ts';

const PLACE = { partition: SPEND_CEILING_PARTITION, kind: SPEND_CEILING_KIND };

/** What became of the ceiling of spending, in the accounts table. */
export const spendCeilings = (client: DynamoDBClient, table: string, commit: CommitWithEvent): SpendCeilingStore =>
  savedRecords<CeilingMonth>(client, table, commit, PLACE);
