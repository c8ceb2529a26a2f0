import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { resumePurges } from '../core/purge/purge-assets.ts';
import { composeLibrary } from './composition/library.ts';
import { reporter } from './reporter.ts';

const { purges } = composeLibrary();

/** Every minute: finishes purges that were begun and left, and takes up those that concern every region. */
export const handler = middy<ScheduledEvent, void>().handler(async (_, context) => {
  await resumePurges({ ...purges, report: reporter(context.awsRequestId) });
});
