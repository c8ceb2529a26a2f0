import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyPlan, PlannedResource } from '../../assembly/plan-assembly.ts';
import { referredTo, resourcesOf } from '../../assembly/planned.ts';
import { LOCAL_ACCOUNT } from '../../assembly/references.ts';
import type { Principals } from '../../principals.ts';
import { StartFault } from '../../start-fault.ts';
import { type FunctionConfiguration, LambdaFunction } from './function.ts';

/** A function with what the template says of it. */
export interface RunningFunction {
  readonly resource: PlannedResource;
  readonly lambda: LambdaFunction;
}

/** Where Lambda unpacks layers. */
const LAYERS_ROOT = '/opt';

/** Environments of a function without reserved concurrency: the account's. */
const MAXIMUM_ENVIRONMENTS = 1000;

/**
 * Every function of the templates, ready to start its first process when it is called.
 * @param endpoints of AWS services, by what follows `AWS_ENDPOINT_URL_`
 */
export function makeFunctions(
  plan: AssemblyPlan,
  endpoints: ReadonlyMap<string, string>,
  principals: Principals,
  log: (line: string) => void,
): RunningFunction[] {
  return resourcesOf(plan, 'AWS::Lambda::Function').map((resource) => {
    const environment = serviceEnvironment(resource.ref, endpoints, principals);
    return { resource, lambda: new LambdaFunction(configurationOf(plan, resource, environment, log)) };
  });
}

/** "Service-specific endpoints" of the AWS SDKs, and the credentials of the function's role. */
export function serviceEnvironment(
  ref: string,
  endpoints: ReadonlyMap<string, string>,
  principals: Principals,
): Record<string, string> {
  const role = principals.functions.get(ref);
  if (!role) throw new Error(`The function ${ref} has no credentials.`);
  return {
    AWS_ACCESS_KEY_ID: role.accessKeyId,
    AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
    ...Object.fromEntries([...endpoints].map(([name, url]) => [`AWS_ENDPOINT_URL_${name}`, url])),
  };
}

/** The function that an ARN or a name means. */
export function functionOf(functions: readonly RunningFunction[], value: unknown, purpose: string): LambdaFunction {
  const target = referredTo(
    functions.map(({ resource }) => resource),
    value,
    purpose,
  );
  const found = functions.find(({ resource }) => resource === target);
  if (!found) throw new Error(`${purpose} has no function.`);
  return found.lambda;
}

/** The properties of AWS::Lambda::Function that are run here. */
interface FunctionProperties {
  readonly Handler: string;
  /** Seconds. */
  readonly Timeout?: number;
  /** Megabytes. */
  readonly MemorySize?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly Layers?: readonly string[];
  readonly LoggingConfig?: { readonly LogFormat?: 'JSON' | 'Text'; readonly ApplicationLogLevel?: string };
}

function configurationOf(
  plan: AssemblyPlan,
  { ref, region, attributes, assetPath, properties, logicalId }: PlannedResource,
  environment: Readonly<Record<string, string>>,
  log: (line: string) => void,
): FunctionConfiguration {
  if (assetPath === undefined || !existsSync(assetPath)) {
    throw new StartFault(`The function ${logicalId} has no code in the cloud assembly.`);
  }
  const given = properties as unknown as FunctionProperties;
  const { LogFormat, ApplicationLogLevel: level } = given.LoggingConfig ?? {};
  const layers = layerFolders(plan, given.Layers ?? [], logicalId);
  const packages = layerPackages(layers);
  return {
    name: ref,
    arn: attributes.Arn ?? '',
    region,
    accountId: LOCAL_ACCOUNT,
    codeFolder: assetPath,
    handler: given.Handler,
    timeoutSeconds: given.Timeout ?? 3,
    memoryMegabytes: given.MemorySize ?? 128,
    environment: { ...withLayerPaths(given.Environment?.Variables ?? {}, layers), ...environment },
    maximumEnvironments: given.ReservedConcurrentExecutions ?? MAXIMUM_ENVIRONMENTS,
    log: (line) => log(`${ref}: ${line}`),
    ...(LogFormat && { logging: { format: LogFormat, ...(level !== undefined && { level }) } }),
    ...(packages && { layerPackages: packages }),
  };
}

function layerFolders(plan: AssemblyPlan, layers: readonly string[], purpose: string): string[] {
  const known = resourcesOf(plan, 'AWS::Lambda::LayerVersion');
  return layers.map((layer) => referredTo(known, layer, purpose).assetPath ?? '');
}

/** Variables that name a file of a layer name it where it lies on this machine, which unpacks no layers. */
function withLayerPaths(
  variables: Readonly<Record<string, string>>,
  folders: readonly string[],
): Record<string, string> {
  const onThisMachine = (value: string) => {
    if (!value.startsWith(`${LAYERS_ROOT}/`)) return value;
    const found = folders.map((folder) => join(folder, value.slice(LAYERS_ROOT.length)));
    return found.find((path) => existsSync(path)) ?? value;
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, onThisMachine(value)]));
}

/**
 * Names of the packages in a function's layers.
 * @returns undefined when a layer was not built, which an assembly for this machine leaves out: then every package of
 *   the project is within reach
 */
function layerPackages(layers: readonly string[]): string[] | undefined {
  return layers.every(isBuilt) ? layers.flatMap(packagesIn) : undefined;
}

/** What stands in for a layer that was not built is a note, without a folder. */
function isBuilt(layer: string): boolean {
  return existsSync(layer) && readdirSync(layer, { withFileTypes: true }).some((entry) => entry.isDirectory());
}

function packagesIn(layer: string): string[] {
  const folder = join(layer, 'nodejs', 'node_modules');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((scoped) => `${name}/${scoped}`) : [name],
    );
}
