import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { followedChange } from '../adapters/library-table/stream-records.ts';
import { followChanges } from '../core/library/follow-changes.ts';
import { composeFollowing } from './composition/following.ts';
import { reporter } from './reporter.ts';

const following = composeFollowing();

/**
 * Follows the library table's stream: keeps the search index, and settles notes of changes that asked for nothing. Records that
 * it names come again, and those after them.
 */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async ({ Records }, context) => {
  const followed = Records.flatMap((record) => {
    const change = followedChange(record);
    return change ? [{ change, itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] : [];
  });
  const deps = { ...following, report: reporter(context.awsRequestId) };
  const undone = await followChanges(
    deps,
    followed.map(({ change }) => change),
  );
  const failed = followed.filter(({ change }) => change.kind === 'head' && undone.includes(change.assetId));
  return { batchItemFailures: failed.map(({ itemIdentifier }) => ({ itemIdentifier })) };
});
