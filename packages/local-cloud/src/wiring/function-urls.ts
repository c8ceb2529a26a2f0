import type { AssemblyPlan, PlannedResource } from '../assembly/plan-assembly.ts';
import { type FunctionUrl, startFunctionUrl } from '../function-url/server.ts';
import type { RunningFunction } from './functions.ts';
import { referredTo, resourcesOf } from './planned.ts';
import type { Principals } from './principals.ts';

/** A served Function URL, and the host name by which templates know it. */
export interface RunningFunctionUrl extends FunctionUrl {
  readonly templateHost: string;
  readonly region: string;
}

/** Serves every Function URL. With IAM, only CloudFront's origin access control may call. */
export async function startFunctionUrls(
  plan: AssemblyPlan,
  functions: readonly RunningFunction[],
  { cdn }: Principals,
): Promise<RunningFunctionUrl[]> {
  return Promise.all(
    resourcesOf(plan, 'AWS::Lambda::Url').map(async (resource) => ({
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

/** The function that an ARN or a name means. */
export function functionOf(functions: readonly RunningFunction[], value: unknown, purpose: string) {
  const target = referredTo(
    functions.map(({ resource }) => resource),
    value,
    purpose,
  );
  const found = functions.find(({ resource }) => resource === target);
  if (!found) throw new Error(`${purpose} has no function.`);
  return found.lambda;
}
