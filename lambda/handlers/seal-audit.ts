import middy from '@middy/core';
import type { DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { toldChanges } from '../adapters/audit-table/log-changes.ts';
import { AUDIT_SEALED } from '../contract/audit-bucket.ts';
import { headAfter } from '../core/audit/event-chain.ts';
import { sealChains } from '../core/audit/seal-chains.ts';
import { composeSealing } from './composition/sealing.ts';
import { logLine } from './log-line.ts';

const sealing = composeSealing();

/** Seals what the audit table's stream tells of, once for all that was gathered, and twice a day whatever happened. */
export const handler = middy<DynamoDBStreamEvent | ScheduledEvent, void>().handler(async (event) => {
  const isSealed = 'Records' in event ? await sealAdded(event) : await sealChains(sealing);
  if (isSealed) logLine('info', AUDIT_SEALED);
});

async function sealAdded({ Records }: DynamoDBStreamEvent): Promise<boolean> {
  const { changes } = toldChanges(Records);
  const added = changes.flatMap((change) => (change.kind === 'added' ? [headAfter(change.event)] : []));
  return added.length > 0 && sealChains(sealing, added);
}
