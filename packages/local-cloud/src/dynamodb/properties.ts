import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const NO_CAPACITY: PropertySpec = { ignored: 'Capacity is not limited on this machine.' };
const NO_PROTECTION: PropertySpec = {
  ignored: 'Nothing deletes tables on this machine but removing the state folder.',
};
const NO_RECOVERY: PropertySpec = { ignored: 'There are no backups on this machine; the state folder can be copied.' };
const NO_ENCRYPTION: PropertySpec = { ignored: 'Items are in a plain file of this machine.' };
const NO_IAM: PropertySpec = { ignored: 'Rights are not evaluated on this machine; the template tests hold them.' };
const NO_METRICS: PropertySpec = { ignored: 'There are no metrics on this machine.' };
const NO_MEANING: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

const INDEX: PropertySpec = {
  list: {
    object: {
      IndexName: 'run',
      KeySchema: 'run',
      Projection: 'run',
      ContributorInsightsSpecification: NO_METRICS,
      OnDemandThroughput: NO_CAPACITY,
      ProvisionedThroughput: NO_CAPACITY,
      WarmThroughput: NO_CAPACITY,
      WriteOnDemandThroughputSettings: NO_CAPACITY,
      WriteProvisionedThroughputSettings: NO_CAPACITY,
    },
  },
};

/** What both kinds of table have. */
const TABLE: ResourceSpec['properties'] = {
  AttributeDefinitions: 'run',
  BillingMode: NO_CAPACITY,
  GlobalSecondaryIndexes: INDEX,
  KeySchema: 'run',
  LocalSecondaryIndexes: INDEX,
  SSESpecification: NO_ENCRYPTION,
  StreamSpecification: { object: { StreamViewType: 'run', ResourcePolicy: NO_IAM } },
  TableName: 'run',
  TimeToLiveSpecification: { object: { AttributeName: 'run', Enabled: 'run' } },
  WarmThroughput: NO_CAPACITY,
};

/** What the local cloud does with DynamoDB's resource types. */
export const DYNAMODB_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::DynamoDB::GlobalTable',
    properties: {
      ...TABLE,
      Replicas: {
        list: {
          object: {
            ContributorInsightsSpecification: NO_METRICS,
            DeletionProtectionEnabled: NO_PROTECTION,
            GlobalSecondaryIndexes: { ignored: 'It repeats names of the indexes of the table.' },
            PointInTimeRecoverySpecification: NO_RECOVERY,
            Region: { ignored: 'The table is in the region of its stack.' },
            SSESpecification: NO_ENCRYPTION,
            TableClass: NO_CAPACITY,
            Tags: NO_MEANING,
          },
        },
      },
      WriteOnDemandThroughputSettings: NO_CAPACITY,
    },
  },
  {
    type: 'AWS::DynamoDB::Table',
    properties: {
      ...TABLE,
      DeletionProtectionEnabled: NO_PROTECTION,
      OnDemandThroughput: NO_CAPACITY,
      PointInTimeRecoverySpecification: NO_RECOVERY,
      ProvisionedThroughput: NO_CAPACITY,
      TableClass: NO_CAPACITY,
      Tags: NO_MEANING,
    },
  },
];
