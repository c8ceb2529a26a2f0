import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { withStreamFaults } from '../../faults/stream-faults.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { TABLES } from '../dynamodb/service.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { EventPattern } from '../events/pattern.ts';
import type { LambdaFunction } from '../lambda/function.ts';
import { functionOf } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { QUEUES } from '../sqs/service.ts';
import { EVENT_SOURCE_MAPPING_RESOURCE_TYPES } from './properties.ts';
import { startQueueMapping } from './queue-mapping.ts';
import { shareStream } from './shared-stream.ts';
import { startStreamMapping } from './stream-mapping.ts';

export const eventSourceMapping: Service = {
  name: 'event-source-mapping',
  resourceTypes: EVENT_SOURCE_MAPPING_RESOURCE_TYPES,
  start: async (cloud) => {
    const mappings = cloud.resources('AWS::Lambda::EventSourceMapping');
    for (const [source, readers] of Map.groupBy(mappings, (one) => propertiesOf(one).EventSourceArn)) {
      if (cloud.need(QUEUES).isDeclared(source)) {
        for (const mapping of readers) followQueue(cloud, mapping);
      } else {
        const streams = shareStream(await openStream(cloud, source), readers.length);
        for (const [index, stream] of streams.entries()) followStream(cloud, readers[index] as PlannedResource, stream);
      }
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
  readonly ScalingConfig?: { readonly MaximumConcurrency: number };
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
}

/** Lambda's own numbers for a stream, and for a queue. */
const BATCH_SIZE = 100;
const QUEUE_BATCH_SIZE = 10;
const QUEUE_CONCURRENCY = 5;
const ENDLESS = Number.MAX_SAFE_INTEGER;

const propertiesOf = ({ properties }: PlannedResource) => properties as unknown as MappingProperties;

const functionNamedBy = (cloud: StartingCloud, mapping: PlannedResource): LambdaFunction =>
  functionOf(cloud.need(FUNCTIONS), propertiesOf(mapping).FunctionName, mapping.logicalId);

function openStream(cloud: StartingCloud, source: string): Promise<TableStream> {
  const tableName = /:table\/([^/]+)\/stream\//.exec(source)?.[1];
  if (tableName !== undefined) return cloud.need(TABLES).openStream(tableName);
  throw new StartFault(`An event source mapping reads ${source}, which is neither a stream nor a queue.`);
}

/** Functions may be called from now on, and the stream waits until every service has started. */
function followStream(cloud: StartingCloud, mapping: PlannedResource, stream: TableStream): void {
  const { EventSourceArn, BatchSize, MaximumRetryAttempts, ...given } = propertiesOf(mapping);
  const lambda = functionNamedBy(cloud, mapping);
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

function followQueue(cloud: StartingCloud, mapping: PlannedResource): void {
  const { EventSourceArn, BatchSize, ScalingConfig } = propertiesOf(mapping);
  const lambda = functionNamedBy(cloud, mapping);
  void cloud.whenStarted(() => {
    const running = startQueueMapping({
      queues: cloud.need(QUEUES),
      queue: EventSourceArn,
      region: mapping.region,
      batchSize: BatchSize ?? QUEUE_BATCH_SIZE,
      concurrency: ScalingConfig?.MaximumConcurrency ?? QUEUE_CONCURRENCY,
      invoke: (event) => lambda.invoke(event),
      log: cloud.log,
    });
    cloud.atEnd(running.end);
  });
}

const patternOf = (text: string): EventPattern => JSON.parse(text) as EventPattern;
