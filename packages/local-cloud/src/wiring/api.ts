import type { AssemblyPlan, PlannedResource } from '../assembly/plan-assembly.ts';
import { LOCAL_ACCOUNT } from '../assembly/references.ts';
import type { CorsConfiguration } from '../http-api/cors.ts';
import { createHttpApi } from '../http-api/http-api.ts';
import type { ThrottleSettings } from '../http-api/throttle.ts';
import type { Handler } from '../listener.ts';
import { StartFault } from '../start-fault.ts';
import { functionOf } from './function-urls.ts';
import type { RunningFunction } from './functions.ts';
import { referredTo, resourcesOf } from './planned.ts';

/** The HTTP API of the assembly. @throws unless there is exactly one: one port has room for one */
export function makeApi(
  plan: AssemblyPlan,
  functions: readonly RunningFunction[],
  log: (line: string) => void,
): Handler {
  const [api, ...others] = resourcesOf(plan, 'AWS::ApiGatewayV2::Api');
  if (!api || others.length > 0) {
    throw new StartFault(
      `The local cloud serves one HTTP API; the cloud assembly has ${api ? 1 + others.length : 'none'}.`,
    );
  }
  const integrations = resourcesOf(plan, 'AWS::ApiGatewayV2::Integration');
  const routes = resourcesOf(plan, 'AWS::ApiGatewayV2::Route').map((route) => {
    const integration = integrationOf(route, integrations);
    const lambda = functionOf(functions, integration.properties.IntegrationUri, route.logicalId);
    return { routeKey: String(route.properties.RouteKey), invoke: (event: unknown) => lambda.invoke(event) };
  });
  const cors = api.properties.CorsConfiguration as CorsConfiguration | undefined;
  const throttle = throttleOf(plan);
  return createHttpApi({
    routes,
    accountId: LOCAL_ACCOUNT,
    apiId: api.ref,
    log,
    ...(cors && { cors }),
    ...(throttle && { throttle }),
  });
}

/** DefaultRouteSettings of the stage. */
function throttleOf(plan: AssemblyPlan): ThrottleSettings | undefined {
  const [stage] = resourcesOf(plan, 'AWS::ApiGatewayV2::Stage');
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } = (stage?.properties
    .DefaultRouteSettings ?? {}) as { readonly ThrottlingRateLimit?: number; readonly ThrottlingBurstLimit?: number };
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function integrationOf(route: PlannedResource, integrations: readonly PlannedResource[]): PlannedResource {
  return referredTo(integrations, String(route.properties.Target).replace(/^integrations\//, ''), route.logicalId);
}
