import type { Service } from '../../service/service.ts';

export const route53: Service = {
  name: 'route-53',
  resourceTypes: [
    {
      class: 'cloudFormationOnly',
      type: 'AWS::Route53::RecordSet',
      reason: 'Hosts of one’s own are not served on this machine.',
    },
  ],
};
