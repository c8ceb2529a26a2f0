import { startFaultPoints } from '../../faults/fault-points.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { keysOfTables } from '../dynamodb/service.ts';
import { makeFunctions, type RunningFunction } from './functions.ts';
import { invocationApi } from './invocation-api.ts';
import { LAMBDA_RESOURCE_TYPES } from './properties.ts';

export const FUNCTIONS = offerOf<readonly RunningFunction[]>('functions');

export const lambda: Service = {
  name: 'lambda',
  resourceTypes: LAMBDA_RESOURCE_TYPES,
  sdkEndpoints: ['LAMBDA'],
  start: async (cloud) => {
    const functions = makeFunctions(cloud.plan, await endpointsOf(cloud), cloud.principals, cloud.log);
    cloud.atEnd(async () => void (await Promise.all(functions.map((one) => one.lambda.close()))));
    cloud.apis.add(invocationApi(functions));
    cloud.offer(FUNCTIONS, functions);
  },
};

/** Where functions find the services: behind fault points, if anything is to go wrong. */
async function endpointsOf(cloud: StartingCloud): Promise<ReadonlyMap<string, string>> {
  if (!cloud.faults) return cloud.sdkEndpoints;
  const points = await startFaultPoints(cloud.sdkEndpoints, cloud.faults, keysOfTables(cloud));
  cloud.atEnd(() => points.close());
  return points.endpoints;
}
