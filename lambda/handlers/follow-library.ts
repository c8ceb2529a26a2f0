import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { followedChange } from '../adapters/library-table/stream-records.ts';
import { followChanges } from '../core/library/follow-changes.ts';
import { announceChanges } from '../core/webhooks/announce-changes.ts';
import { composeAnnouncing } from './composition/announcing.ts';
import { composeFollowing } from './composition/following.ts';
import { reporter } from './reporter.ts';

const following = composeFollowing();
const announcing = composeAnnouncing();

/**
 * Follows the library table's stream: keeps the search index, tells webhooks, and settles notes of changes that asked for
 * nothing. Records that it names come again, and those after them.
 */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async ({ Records }) => {
  const followed = Records.flatMap((record) => {
    const change = followedChange(record);
    return change ? [{ change, itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] : [];
  });
  const report = reporter();
  const changes = followed.map(({ change }) => change);
  const notes = changes.flatMap((change) => (change.kind === 'note' ? [change.note] : []));
  const [notIndexed, notAnnounced] = await Promise.all([
    followChanges({ ...following, report }, changes),
    announceChanges({ ...announcing, report }, notes),
  ]);
  const failed = followed.filter(({ change }) =>
    change.kind === 'head' ? notIndexed.includes(change.assetId) : notAnnounced.includes(change.note.eventId),
  );
  return { batchItemFailures: failed.map(({ itemIdentifier }) => ({ itemIdentifier })) };
});
