import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';

const LOG_DELIVERY: PropertySpec = { ignored: 'Logs of the distribution are not delivered on this machine.' };

/** What is run of CloudWatch Logs: nothing but names. */
export const LOGS_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Logs::DeliverySource',
    properties: { LogType: LOG_DELIVERY, Name: LOG_DELIVERY, ResourceArn: LOG_DELIVERY, Tags: TEXT_FOR_PEOPLE },
  },
  {
    class: 'run',
    type: 'AWS::Logs::DeliveryDestination',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('logs', region, `delivery-destination:${name}`) },
    }),
    properties: {
      DeliveryDestinationType: LOG_DELIVERY,
      DestinationResourceArn: LOG_DELIVERY,
      Name: LOG_DELIVERY,
      OutputFormat: LOG_DELIVERY,
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'run',
    type: 'AWS::Logs::Delivery',
    properties: {
      DeliveryDestinationArn: LOG_DELIVERY,
      DeliverySourceName: LOG_DELIVERY,
      FieldDelimiter: LOG_DELIVERY,
      RecordFields: LOG_DELIVERY,
      S3EnableHiveCompatiblePath: LOG_DELIVERY,
      S3SuffixPath: LOG_DELIVERY,
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'cloudFormationOnly',
    type: 'AWS::Logs::MetricFilter',
    reason: 'It counts lines for alarms, which are for AWS alone.',
  },
  {
    class: 'cloudFormationOnly',
    type: 'AWS::Logs::LogGroup',
    reason: 'All functions write into one log file.',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('logs', region, `log-group:${name}:*`) },
    }),
  },
];
