import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';

/** Only what runs by the clock says it. */
const RETRY: PropertySpec = {
  object: {
    MaximumEventAgeInSeconds: { ignored: 'A run that is late is left out on this machine.' },
    MaximumRetryAttempts: { only: [0] },
  },
};

/** What the local cloud does with rules of the default event bus. */
export const EVENT_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Events::Rule',
    references: ({ region }, name) => ({ ref: name, attributes: { Arn: localArn('events', region, `rule/${name}`) } }),
    properties: {
      Description: TEXT_FOR_PEOPLE,
      EventPattern: 'run',
      ScheduleExpression: 'run',
      Name: 'run',
      State: { only: ['ENABLED'] },
      Targets: {
        list: {
          object: {
            Arn: 'run',
            Id: TEXT_FOR_PEOPLE,
            Input: 'run',
            RetryPolicy: RETRY,
          },
        },
      },
    },
  },
];
