import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What is run of Systems Manager's Parameter Store. */
export const PARAMETER_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::SSM::Parameter',
    properties: {
      Description: TEXT_FOR_PEOPLE,
      Name: 'run',
      Tags: TEXT_FOR_PEOPLE,
      Tier: { ignored: 'A matter of price.' },
      Type: { only: ['String'] },
      Value: 'run',
    },
  },
];
