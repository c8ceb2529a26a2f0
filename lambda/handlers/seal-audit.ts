import middy from '@middy/core';
import type { DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { toldChanges } from '../adapters/audit-table/log-changes.ts';
import { headAfter } from '../core/audit/event-chain.ts';
import { sealChains } from '../core/audit/seal-chains.ts';
import { composeSealing } from './composition/sealing.ts';

const sealing = composeSealing();

/** Seals what the audit table's stream tells of, once for all that was gathered, and once a day whatever happened. */
export const handler = middy<DynamoDBStreamEvent | ScheduledEvent, void>().handler(async (event) => {
  if (!('Records' in event)) return void (await sealChains(sealing));
  const { changes } = toldChanges(event.Records);
  const added = changes.flatMap((change) => (change.kind === 'added' ? [headAfter(change.event)] : []));
  if (added.length > 0) await sealChains(sealing, added);
});
