import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { functionOf, type RunningFunction } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { FUNCTION_URL_RESOURCE_TYPES } from './properties.ts';
import { type FunctionUrl, startFunctionUrl } from './server.ts';

/** A served Function URL, and the host name by which templates know it. */
export interface RunningFunctionUrl extends FunctionUrl {
  readonly templateHost: string;
  readonly region: string;
}

export const FUNCTION_URLS = offerOf<readonly RunningFunctionUrl[]>('Function URLs');

export const functionUrl: Service = {
  name: 'function-url',
  resourceTypes: FUNCTION_URL_RESOURCE_TYPES,
  start: async (cloud) => {
    const urls = await startFunctionUrls(cloud);
    cloud.atEnd(async () => void (await Promise.all(urls.map((url) => url.close()))));
    cloud.offer(FUNCTION_URLS, urls);
  },
};

/** Serves every Function URL. With IAM, only CloudFront's origin access control may call. */
function startFunctionUrls(cloud: StartingCloud): Promise<RunningFunctionUrl[]> {
  const { cdn } = cloud.principals;
  const functions = cloud.need(FUNCTIONS);
  return Promise.all(
    cloud.resources('AWS::Lambda::Url').map(async (resource) => ({
      ...(await start(resource, functions, new Map([[cdn.accessKeyId, cdn.secretAccessKey]]))),
      templateHost: new URL(resource.attributes.FunctionUrl ?? '').host,
      region: resource.region,
    })),
  );
}

function start(
  { properties, region, logicalId }: PlannedResource,
  functions: readonly RunningFunction[],
  secrets: ReadonlyMap<string, string>,
): Promise<FunctionUrl> {
  return startFunctionUrl({
    function: functionOf(functions, properties.TargetFunctionArn, logicalId),
    authType: properties.AuthType as 'AWS_IAM' | 'NONE',
    invokeMode: (properties.InvokeMode ?? 'BUFFERED') as 'BUFFERED' | 'RESPONSE_STREAM',
    secrets,
    region,
  });
}
