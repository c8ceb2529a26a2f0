import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { sendWaiting } from '../core/purge/invalidate.ts';
import { resumePurges } from '../core/purge/purge-assets.ts';
import { composeLibrary } from './composition/library.ts';
import { reporter } from './reporter.ts';

const { purges, invalidating } = composeLibrary();

/** Milliseconds for which a run waits for the CDN to take more; the next run begins a minute after this one. */
const SENDING = 45_000;

/**
 * Every minute: finishes purges that were begun and left, takes up those that concern every region, and sends what the CDN
 * would not take before.
 */
export const handler = middy<ScheduledEvent, void>().handler(async (_, context) => {
  const report = reporter(context.awsRequestId);
  const sent = sendWaiting(invalidating, SENDING).catch((error: unknown) => report('purge-failed', error));
  await Promise.all([resumePurges({ ...purges, report }), sent]);
});
