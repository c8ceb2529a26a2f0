import type { Service } from '../../service/service.ts';
import { securityTokenService } from './security-token-service.ts';

export const sts: Service = {
  name: 'sts',
  resourceTypes: [],
  sdkEndpoints: ['STS'],
  start: (cloud) => cloud.apis.add(securityTokenService()),
};
