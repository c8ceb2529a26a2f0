import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ROUTES } from '../contract/routes.ts';
import { composeApi } from './composition/api.ts';
import { apiAnswers } from './http/api-answers.ts';
import type { Route } from './http/route.ts';
import { route } from './http/route.ts';
import { answerUpload } from './http/upload-route.ts';
import { toRequest, toResult } from './http/web-messages.ts';
import { reporter } from './reporter.ts';

const composed = composeApi();

/** The API: every path of the HTTP API comes here and is routed by `ROUTES`. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(apiAnswers())
  .handler(async (event, context) => {
    const deps = { ...composed, report: reporter(context.awsRequestId) };
    const upload = (request: Request) => answerUpload(deps, request);
    const routes: Route[] = [
      { method: 'POST', path: ROUTES.upload, handle: upload },
      { method: 'POST', path: ROUTES.uploadV2, handle: upload },
      { method: 'POST', path: ROUTES.uploadAlias, handle: upload },
    ];
    return toResult(await route(routes, toRequest(event)));
  });
