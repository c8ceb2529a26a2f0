import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { publishAccess } from '../core/protection/publish-access.ts';
import { composeSyncEdge } from './composition/sync-edge.ts';
import { reporter } from './reporter.ts';

const composed = composeSyncEdge();

/**
 * Every minute: what the edge and the web ACL decide by is brought to what is recorded. So rules begin and end, and what a
 * call could not publish is made up for. A failure is thrown, so that it counts as one. In the minutes between the
 * deployment of a region and that of the edge there is nowhere to publish to, which is none.
 */
export const handler = middy<ScheduledEvent, void>().handler(async () => {
  if (!(await composed.hasEdge())) return;
  const published = await publishAccess({ ...composed, report: reporter() });
  if (!published) throw new Error('Not everything could be published.');
});
