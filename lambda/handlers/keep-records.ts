import middy from '@middy/core';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { toldNames, toldPartitions, toldRecords } from '../adapters/backup/told-records.ts';
import { keepRecords } from '../core/backup/keep-records.ts';
import { keepLiveNames } from '../core/backup/live-names.ts';
import { keepSettings } from '../core/backup/settings-files.ts';
import { composeKeepingRecords } from './composition/keeping-records.ts';

const keeping = composeKeepingRecords();

/**
 * Follows the streams of the library table and, in the home region, of the accounts table. A batch that fails comes again as a
 * whole, for as long as the stream has it.
 */
export const handler = middy<DynamoDBStreamEvent, void>().handler(async ({ Records }) => {
  const changes = toldRecords(Records);
  if (changes.length > 0) await keepRecords(keeping, changes);
  await keepLiveNames(keeping, toldNames(Records));
  await keepSettings(keeping, toldPartitions(Records));
});
