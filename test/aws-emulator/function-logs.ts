import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { inject } from 'vitest';
import { reach, rootClients } from './clients.ts';
import type { DeployedFunction } from './deployed-functions.ts';

/** Lines of a function's log that tell of a failure, as JSON or as Node prints objects; some never reach who called. */
export async function faultsIn({ name, region }: DeployedFunction): Promise<string[]> {
  const { endpoint } = inject('deployment');
  const logs = new CloudWatchLogsClient(reach(endpoint, region));
  const { LoggingConfig } = await rootClients(endpoint, region).lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  );
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: LoggingConfig?.LogGroup }));
  return events
    .map(({ message = '' }) => message)
    .filter((line) => /"?error"?: ?\{|AccessDenied|not authorized/.test(line));
}
