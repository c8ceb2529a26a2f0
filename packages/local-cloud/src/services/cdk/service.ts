import type { Service } from '../../service/service.ts';

export const cdk: Service = {
  name: 'cdk',
  resourceTypes: [
    { class: 'cloudFormationOnly', type: 'AWS::CDK::Metadata', reason: 'It tells AWS which constructs were used.' },
  ],
};
