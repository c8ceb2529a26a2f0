import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { withStreamFaults } from '../../faults/stream-faults.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { TABLES } from '../dynamodb/service.ts';
import type { EventPattern } from '../events/pattern.ts';
import { functionOf } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { QUEUES } from '../sqs/service.ts';
import { EVENT_SOURCE_MAPPING_RESOURCE_TYPES } from './properties.ts';
import { startStreamMapping } from './stream-mapping.ts';

export const eventSourceMapping: Service = {
  name: 'event-source-mapping',
  resourceTypes: EVENT_SOURCE_MAPPING_RESOURCE_TYPES,
  start: async (cloud) => {
    const mappings = cloud.resources('AWS::Lambda::EventSourceMapping');
    requireOneEach(mappings);
    for (const mapping of mappings) await startMapping(cloud, mapping);
  },
};

/** The properties of AWS::Lambda::EventSourceMapping that are run here. */
interface MappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly MaximumRetryAttempts?: number;
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
}

/** Lambda's own numbers for a stream. */
const BATCH_SIZE = 100;
const ENDLESS = Number.MAX_SAFE_INTEGER;

const propertiesOf = ({ properties }: PlannedResource) => properties as unknown as MappingProperties;

/** What was read is removed, so one stream has one reader. */
function requireOneEach(mappings: readonly PlannedResource[]): void {
  const sources = mappings.map((one) => propertiesOf(one).EventSourceArn);
  const twice = sources.find((source, index) => sources.indexOf(source) < index);
  if (twice !== undefined) throw new StartFault(`The stream ${twice} has two mappings; one machine runs one.`);
}

/** Functions may be called from now on, and the stream waits until every service has started. */
async function startMapping(cloud: StartingCloud, mapping: PlannedResource): Promise<void> {
  const { EventSourceArn, FunctionName, BatchSize, MaximumRetryAttempts, ...given } = propertiesOf(mapping);
  const tableName = /:table\/([^/]+)\/stream\//.exec(EventSourceArn)?.[1];
  if (tableName === undefined)
    throw new StartFault(`${mapping.logicalId} reads ${EventSourceArn}, which is no stream.`);
  const lambda = functionOf(cloud.need(FUNCTIONS), FunctionName, mapping.logicalId);
  const stream = await cloud.need(TABLES).openStream(tableName);
  const destination = given.DestinationConfig?.OnFailure?.Destination;
  const invoke = (event: object) => lambda.invoke(event);
  void cloud.whenStarted(() => {
    const running = startStreamMapping({
      stream,
      streamArn: EventSourceArn,
      region: mapping.region,
      batchSize: BatchSize ?? BATCH_SIZE,
      retries: MaximumRetryAttempts ?? ENDLESS,
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
