import type { Service } from '../../service/service.ts';

export const cdk: Service = {
  name: 'cdk',
  resourceTypes: [
    {
      class: 'cloudFormationOnly',
      type: 'AWS::CloudFormation::CustomResource',
      reason: 'CloudFormation calls its function when a stack is made, changed or deleted.',
    },
    { class: 'cloudFormationOnly', type: 'AWS::CDK::Metadata', reason: 'It tells AWS which constructs were used.' },
  ],
};
