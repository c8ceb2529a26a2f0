import type { Service } from '../../service/service.ts';
import { PARAMETER_RESOURCE_TYPES } from './properties.ts';
import { systemsManager } from './systems-manager.ts';

export const parameters: Service = {
  name: 'systems-manager',
  resourceTypes: PARAMETER_RESOURCE_TYPES,
  sdkEndpoints: ['SSM'],
  start: (cloud) => {
    const values = cloud
      .resources('AWS::SSM::Parameter')
      .map(({ properties }) => [String(properties.Name), String(properties.Value)] as const);
    cloud.apis.add(systemsManager(new Map(values), new Date()));
  },
};
