import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { withStreamFaults } from '../../faults/stream-faults.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { TABLES } from '../dynamodb/service.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { EventPattern } from '../events/pattern.ts';
import { functionOf } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { QUEUES } from '../sqs/service.ts';
import { EVENT_SOURCE_MAPPING_RESOURCE_TYPES } from './properties.ts';
import { shareStream } from './shared-stream.ts';
import { startStreamMapping } from './stream-mapping.ts';

export const eventSourceMapping: Service = {
  name: 'event-source-mapping',
  resourceTypes: EVENT_SOURCE_MAPPING_RESOURCE_TYPES,
  start: async (cloud) => {
    const mappings = cloud.resources('AWS::Lambda::EventSourceMapping');
    for (const [source, readers] of Map.groupBy(mappings, (one) => propertiesOf(one).EventSourceArn)) {
      const streams = shareStream(await openStream(cloud, source), readers.length);
      for (const [index, stream] of streams.entries())
        await startMapping(cloud, readers[index] as PlannedResource, stream);
    }
  },
};

/** The properties of AWS::Lambda::EventSourceMapping that are run here. */
interface MappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly MaximumRetryAttempts?: number;
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
}

/** Lambda's own numbers for a stream. */
const BATCH_SIZE = 100;
const ENDLESS = Number.MAX_SAFE_INTEGER;

const propertiesOf = ({ properties }: PlannedResource) => properties as unknown as MappingProperties;

function openStream(cloud: StartingCloud, source: string): Promise<TableStream> {
  const tableName = /:table\/([^/]+)\/stream\//.exec(source)?.[1];
  if (tableName === undefined) throw new StartFault(`An event source mapping reads ${source}, which is no stream.`);
  return cloud.need(TABLES).openStream(tableName);
}

/** Functions may be called from now on, and the stream waits until every service has started. */
async function startMapping(cloud: StartingCloud, mapping: PlannedResource, stream: TableStream): Promise<void> {
  const { EventSourceArn, FunctionName, BatchSize, MaximumRetryAttempts, ...given } = propertiesOf(mapping);
  const lambda = functionOf(cloud.need(FUNCTIONS), FunctionName, mapping.logicalId);
  const destination = given.DestinationConfig?.OnFailure?.Destination;
  const invoke = (event: object) => lambda.invoke(event);
  void cloud.whenStarted(() => {
    const running = startStreamMapping({
      stream,
      streamArn: EventSourceArn,
      region: mapping.region,
      batchSize: BatchSize ?? BATCH_SIZE,
      retries: MaximumRetryAttempts ?? ENDLESS,
      windowMilliseconds: 1000 * (given.MaximumBatchingWindowInSeconds ?? 0),
      ...(given.FilterCriteria && { filters: given.FilterCriteria.Filters.map(({ Pattern }) => patternOf(Pattern)) }),
      invoke: cloud.faults ? withStreamFaults(invoke, cloud.faults) : invoke,
      giveUp: async (description) => {
        if (destination) await cloud.need(QUEUES).send(destination, JSON.stringify(description));
      },
      log: cloud.log,
    });
    cloud.atEnd(running.end);
  });
}

const patternOf = (text: string): EventPattern => JSON.parse(text) as EventPattern;
