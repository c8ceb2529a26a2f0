import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { makeFunctions, type RunningFunction } from './functions.ts';
import { LAMBDA_RESOURCE_TYPES } from './properties.ts';

export const FUNCTIONS = offerOf<readonly RunningFunction[]>('functions');

export const lambda: Service = {
  name: 'lambda',
  resourceTypes: LAMBDA_RESOURCE_TYPES,
  start: (cloud) => {
    const functions = makeFunctions(cloud.plan, cloud.sdkEndpoints, cloud.principals, cloud.log);
    cloud.atEnd(async () => void (await Promise.all(functions.map((one) => one.lambda.close()))));
    cloud.offer(FUNCTIONS, functions);
  },
};
