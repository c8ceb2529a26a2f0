import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { referredTo } from '../../assembly/planned.ts';
import { LOCAL_ACCOUNT } from '../../assembly/references.ts';
import type { Handler } from '../../listener.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { functionOf } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import type { CorsConfiguration } from './cors.ts';
import { createHttpApi } from './http-api.ts';
import { HTTP_API_RESOURCE_TYPES } from './properties.ts';
import type { ThrottleSettings } from './throttle.ts';

/** The HTTP API of the assembly, if it has one. */
export const HTTP_API = offerOf<Handler>('the HTTP API');

export const httpApi: Service = {
  name: 'http-api',
  resourceTypes: HTTP_API_RESOURCE_TYPES,
  start: (cloud) => {
    const [api, ...others] = cloud.resources('AWS::ApiGatewayV2::Api');
    // One port has room for one.
    if (others.length > 0) {
      throw new StartFault(`The local cloud serves one HTTP API; the cloud assembly has ${1 + others.length}.`);
    }
    if (api) cloud.offer(HTTP_API, makeApi(api, cloud));
  },
};

function makeApi(api: PlannedResource, cloud: StartingCloud): Handler {
  const functions = cloud.need(FUNCTIONS);
  const integrations = cloud.resources('AWS::ApiGatewayV2::Integration');
  const routes = cloud.resources('AWS::ApiGatewayV2::Route').map((route) => {
    const integration = integrationOf(route, integrations);
    const lambda = functionOf(functions, integration.properties.IntegrationUri, route.logicalId);
    return {
      routeKey: String(route.properties.RouteKey),
      invoke: (event: unknown, gone: AbortSignal) => lambda.invoke(event, gone),
    };
  });
  const cors = api.properties.CorsConfiguration as CorsConfiguration | undefined;
  const throttle = throttleOf(cloud);
  return createHttpApi({
    routes,
    accountId: LOCAL_ACCOUNT,
    apiId: api.ref,
    log: cloud.log,
    ...(cors && { cors }),
    ...(throttle && { throttle }),
  });
}

/** DefaultRouteSettings of the stage. */
function throttleOf(cloud: StartingCloud): ThrottleSettings | undefined {
  const [stage] = cloud.resources('AWS::ApiGatewayV2::Stage');
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } = (stage?.properties
    .DefaultRouteSettings ?? {}) as { readonly ThrottlingRateLimit?: number; readonly ThrottlingBurstLimit?: number };
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function integrationOf(route: PlannedResource, integrations: readonly PlannedResource[]): PlannedResource {
  return referredTo(integrations, String(route.properties.Target).replace(/^integrations\//, ''), route.logicalId);
}
