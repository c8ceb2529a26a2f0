import { localArn } from '../../assembly/references.ts';
import type { Service } from '../../service/service.ts';

export const certificateManager: Service = {
  name: 'certificate-manager',
  resourceTypes: [
    {
      class: 'cloudFormationOnly',
      type: 'AWS::CertificateManager::Certificate',
      reason: 'There is no TLS on this machine.',
      references: ({ region }, name) => ({ ref: localArn('acm', region, `certificate/${name}`), attributes: {} }),
    },
  ],
};
