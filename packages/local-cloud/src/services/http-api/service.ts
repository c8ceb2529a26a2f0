import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { referredTo } from '../../assembly/planned.ts';
import { LOCAL_ACCOUNT } from '../../assembly/references.ts';
import { type Handler, openListener } from '../../listener.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { functionOf } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import type { CorsConfiguration } from './cors.ts';
import { createHttpApi } from './http-api.ts';
import { HTTP_API_RESOURCE_TYPES, httpApiHost } from './properties.ts';
import type { ThrottleSettings } from './throttle.ts';

/** A served HTTP API, and the host name by which templates know it. */
export interface RunningHttpApi {
  readonly templateHost: string;
  readonly region: string;
  /** Without a trailing slash. */
  readonly url: string;
}

export const HTTP_APIS = offerOf<readonly RunningHttpApi[]>('HTTP APIs');

export const httpApi: Service = {
  name: 'http-api',
  resourceTypes: HTTP_API_RESOURCE_TYPES,
  start: async (cloud) => {
    const apis = await Promise.all(cloud.resources('AWS::ApiGatewayV2::Api').map((api) => serveApi(api, cloud)));
    cloud.offer(HTTP_APIS, apis);
  },
};

/** On a port of its own, which the system chooses: people reach it by a distribution. */
async function serveApi(api: PlannedResource, cloud: StartingCloud): Promise<RunningHttpApi> {
  const listener = await openListener(0, 'PORT');
  cloud.atEnd(() => listener.close());
  listener.serve(makeApi(api, cloud));
  const { ref, region } = api;
  return { templateHost: httpApiHost(ref, region), region, url: `http://127.0.0.1:${listener.port}` };
}

function makeApi(api: PlannedResource, cloud: StartingCloud): Handler {
  const functions = cloud.need(FUNCTIONS);
  const own = (type: string) => cloud.resources(type).filter(({ properties }) => properties.ApiId === api.ref);
  const integrations = own('AWS::ApiGatewayV2::Integration');
  const [stage] = own('AWS::ApiGatewayV2::Stage');
  const ofRoutes = (stage?.properties.RouteSettings ?? {}) as Readonly<Record<string, RouteSettings>>;
  const routes = own('AWS::ApiGatewayV2::Route').map((route) => {
    const integration = integrationOf(route, integrations);
    const lambda = functionOf(functions, integration.properties.IntegrationUri, route.logicalId);
    const routeKey = String(route.properties.RouteKey);
    const throttle = throttleOf(ofRoutes[routeKey]);
    return {
      routeKey,
      ...(throttle && { throttle }),
      invoke: (payload: Buffer, gone: AbortSignal) => lambda.invoke(payload, gone),
    };
  });
  const cors = api.properties.CorsConfiguration as CorsConfiguration | undefined;
  const throttle = throttleOf(stage?.properties.DefaultRouteSettings as RouteSettings | undefined);
  return createHttpApi({
    routes,
    accountId: LOCAL_ACCOUNT,
    apiId: api.ref,
    log: cloud.log,
    ...(cors && { cors }),
    ...(throttle && { throttle }),
  });
}

/** What a stage has for one route, or for all. */
interface RouteSettings {
  readonly ThrottlingRateLimit?: number;
  readonly ThrottlingBurstLimit?: number;
}

function throttleOf(settings: RouteSettings = {}): ThrottleSettings | undefined {
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } = settings;
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function integrationOf(route: PlannedResource, integrations: readonly PlannedResource[]): PlannedResource {
  return referredTo(integrations, String(route.properties.Target).replace(/^integrations\//, ''), route.logicalId);
}
