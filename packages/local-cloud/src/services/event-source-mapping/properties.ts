import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What the local cloud does with mappings of event sources, which are streams of tables and queues here. */
export const EVENT_SOURCE_MAPPING_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      BatchSize: 'run',
      BisectBatchOnFunctionError: { only: [true] },
      DestinationConfig: { object: { OnFailure: { object: { Destination: 'run' } } } },
      EventSourceArn: 'run',
      FilterCriteria: { object: { Filters: 'run' } },
      FunctionName: 'run',
      FunctionResponseTypes: { only: [['ReportBatchItemFailures']] },
      MaximumBatchingWindowInSeconds: 'run',
      MaximumRecordAgeInSeconds: { ignored: 'Repetitions are over within minutes on this machine.' },
      MaximumRetryAttempts: 'run',
      ParallelizationFactor: { ignored: 'A stream has one shard here, whose batches follow each other.' },
      ScalingConfig: { object: { MaximumConcurrency: 'run' } },
      StartingPosition: { only: ['TRIM_HORIZON'] },
      Tags: TEXT_FOR_PEOPLE,
    },
  },
];
