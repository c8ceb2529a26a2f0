import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { publishAccess } from '../core/protection/publish-access.ts';
import { purgeAround } from '../core/purge/purge-assets.ts';
import type { PurgeTarget } from '../core/purge/purge-target.ts';
import { composeApi } from './composition/api.ts';
import { apiAnswers } from './http/api-answers.ts';
import { endpointRoutes } from './http/endpoint-routes.ts';
import { metadataRoutes } from './http/metadata-routes.ts';
import { namedTransformationRoutes } from './http/named-transformation-routes.ts';
import { originRoutes } from './http/origin-routes.ts';
import { purgeRoutes } from './http/purge-routes.ts';
import { route } from './http/route.ts';
import { ruleRoutes } from './http/rule-routes.ts';
import { signingKeyRoutes } from './http/signing-key-routes.ts';
import { takedownRoutes } from './http/takedown-routes.ts';
import { uploadRoutes } from './http/upload-routes.ts';
import { toRequest, toResult } from './http/web-messages.ts';
import { reporter } from './reporter.ts';

const composed = composeApi();

/** The API: every path of the HTTP API comes here and is routed by the tables of its features. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(apiAnswers())
  .handler(async (event, context) => {
    const report = reporter(context.awsRequestId);
    const deps = {
      ...composed,
      report,
      publish: () => publishAccess({ ...composed, report }),
      purgeAround: <T>(targets: readonly PurgeTarget[], change: () => Promise<T>) =>
        purgeAround({ ...composed, report }, targets, change),
    };
    const routes = [
      ...uploadRoutes(deps),
      ...purgeRoutes(deps),
      ...metadataRoutes(deps),
      ...ruleRoutes(deps),
      ...takedownRoutes(deps),
      ...signingKeyRoutes(deps),
      ...originRoutes(deps),
      ...endpointRoutes(deps),
      ...namedTransformationRoutes(deps),
    ];
    return toResult(await route(routes, toRequest(event)));
  });
