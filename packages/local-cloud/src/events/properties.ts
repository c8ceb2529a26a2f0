import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const NO_MEANING: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

/** Only what runs by the clock says it. */
const RETRY: PropertySpec = {
  object: {
    MaximumEventAgeInSeconds: { ignored: 'A run that is late is left out on this machine.' },
    MaximumRetryAttempts: { only: [0] },
  },
};

/** What the local cloud does with rules of the default event bus. */
export const EVENT_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::Events::Rule',
    properties: {
      Description: NO_MEANING,
      EventPattern: 'run',
      ScheduleExpression: 'run',
      Name: 'run',
      State: { only: ['ENABLED'] },
      Targets: {
        list: {
          object: {
            Arn: 'run',
            Id: NO_MEANING,
            RetryPolicy: RETRY,
          },
        },
      },
    },
  },
];
