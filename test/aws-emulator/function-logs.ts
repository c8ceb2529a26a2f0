import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { inject } from 'vitest';
import { reach } from './clients.ts';
import type { DeployedFunction } from './deployed-functions.ts';

/** Lines of a function's log that tell of a failure; some never reach who called. */
export async function faultsIn({ name, region }: DeployedFunction): Promise<string[]> {
  const logs = new CloudWatchLogsClient(reach(inject('deployment').endpoint, region));
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }));
  return events
    .map(({ message = '' }) => message)
    .filter((line) => /"level":"ERROR"|AccessDenied|not authorized/.test(line));
}
