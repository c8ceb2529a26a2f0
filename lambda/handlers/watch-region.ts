import type { Context } from 'aws-lambda';
import type { WatchOutcome } from '../core/protection/failover/watch-region.ts';
import { watchRegion } from '../core/protection/failover/watch-region.ts';
import { composeWatching } from './composition/watching.ts';
import { reporter } from './reporter.ts';

const watching = composeWatching();

/** Every minute: looks whether another region answers, and begins a failover when it has not for some minutes. */
export async function handler(_: unknown, { awsRequestId }: Context): Promise<WatchOutcome | 'unknown'> {
  if (!(await watching.hasEdge())) return 'unknown';
  const outcome = await watchRegion(watching.deps(awsRequestId));
  if (outcome !== 'there') reporter()(`region-${outcome}`, new Error('Another region was looked at.'));
  return outcome;
}
