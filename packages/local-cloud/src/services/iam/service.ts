import { localArn } from '../../assembly/references.ts';
import type { Service } from '../../service/service.ts';

const reason = 'Permissions are not evaluated on this machine.';

export const iam: Service = {
  name: 'iam',
  resourceTypes: [
    { class: 'cloudFormationOnly', type: 'AWS::IAM::Policy', reason },
    { class: 'cloudFormationOnly', type: 'AWS::IAM::RolePolicy', reason },
    {
      class: 'cloudFormationOnly',
      type: 'AWS::IAM::Role',
      reason,
      references: (_, name) => ({ ref: name, attributes: { Arn: localArn('iam', '', `role/${name}`) } }),
    },
  ],
};
