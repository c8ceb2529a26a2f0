import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What the local cloud does with SNS's resource types. */
export const SNS_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::SNS::Topic',
    nameProperty: 'TopicName',
    references: ({ region }, name) => ({
      ref: localArn('sns', region, name),
      attributes: { TopicArn: localArn('sns', region, name), TopicName: name },
    }),
    properties: { TopicName: 'run', DisplayName: TEXT_FOR_PEOPLE, Tags: TEXT_FOR_PEOPLE },
  },
  {
    class: 'run',
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: 'run',
      Protocol: { only: ['lambda', 'email', 'https'] },
      Endpoint: 'run',
    },
  },
  {
    class: 'cloudFormationOnly',
    type: 'AWS::SNS::TopicPolicy',
    reason: 'Permissions are not evaluated on this machine.',
  },
];
