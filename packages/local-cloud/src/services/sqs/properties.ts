import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { LOCAL_ACCOUNT, localArn } from '../../assembly/references.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What the local cloud does with SQS's resource types. */
export const SQS_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::SQS::Queue',
    nameProperty: 'QueueName',
    references: ({ region }, name) => ({
      ref: `https://sqs.${region}.amazonaws.com/${LOCAL_ACCOUNT}/${name}`,
      attributes: { Arn: localArn('sqs', region, name), QueueName: name },
    }),
    properties: {
      QueueName: 'run',
      RedrivePolicy: { object: { deadLetterTargetArn: 'run', maxReceiveCount: 'run' } },
      VisibilityTimeout: 'run',
      MessageRetentionPeriod: { ignored: 'Messages stay until the state folder is removed.' },
      SqsManagedSseEnabled: { ignored: 'Messages are in a plain file of this machine.' },
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'cloudFormationOnly',
    type: 'AWS::SQS::QueuePolicy',
    reason: 'Permissions are not evaluated on this machine.',
  },
];
