import { NO_METRICS, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';

const NO_CAPACITY: PropertySpec = { ignored: 'Capacity is not limited on this machine.' };
const NO_PROTECTION: PropertySpec = {
  ignored: 'Nothing deletes tables on this machine but removing the state folder.',
};
const NO_RECOVERY: PropertySpec = { ignored: 'There are no backups on this machine; the state folder can be copied.' };
const NO_ENCRYPTION: PropertySpec = { ignored: 'Items are in a plain file of this machine.' };

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

/** Names of both kinds of table. */
const NAMED_TABLE: Pick<ResourceType, 'nameProperty' | 'references'> = {
  nameProperty: 'TableName',
  references: ({ region }, name) => ({
    ref: name,
    attributes: {
      Arn: localArn('dynamodb', region, `table/${name}`),
      StreamArn: localArn('dynamodb', region, `table/${name}/stream/local`),
    },
  }),
};

/** What both kinds of table have. */
const TABLE: Readonly<Record<string, PropertySpec>> = {
  AttributeDefinitions: 'run',
  BillingMode: NO_CAPACITY,
  GlobalSecondaryIndexes: INDEX,
  KeySchema: 'run',
  LocalSecondaryIndexes: INDEX,
  SSESpecification: NO_ENCRYPTION,
  StreamSpecification: { object: { StreamViewType: { only: ['NEW_AND_OLD_IMAGES'] } } },
  TableName: 'run',
  TimeToLiveSpecification: { object: { AttributeName: 'run', Enabled: 'run' } },
  WarmThroughput: NO_CAPACITY,
};

/** What the local cloud does with DynamoDB's resource types. */
export const DYNAMODB_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::DynamoDB::GlobalTable',
    ...NAMED_TABLE,
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
            Tags: TEXT_FOR_PEOPLE,
          },
        },
      },
      WriteOnDemandThroughputSettings: NO_CAPACITY,
    },
  },
  {
    class: 'run',
    type: 'AWS::DynamoDB::Table',
    ...NAMED_TABLE,
    properties: {
      ...TABLE,
      DeletionProtectionEnabled: NO_PROTECTION,
      OnDemandThroughput: NO_CAPACITY,
      PointInTimeRecoverySpecification: NO_RECOVERY,
      ProvisionedThroughput: NO_CAPACITY,
      TableClass: NO_CAPACITY,
      Tags: TEXT_FOR_PEOPLE,
    },
  },
];
