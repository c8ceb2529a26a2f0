import type { AssemblyPlan } from './assembly/plan-assembly.ts';
import type { AwsApis } from './aws-apis/aws-apis.ts';
import type { Handler } from './front-door.ts';
import { StartFault } from './start-fault.ts';
import { makeApi } from './wiring/api.ts';
import { makeDistribution } from './wiring/distribution.ts';
import { makeEventBus, startScheduledRules } from './wiring/events.ts';
import { type RunningFunctionUrl, startFunctionUrls } from './wiring/function-urls.ts';
import { makeFunctions, type RunningFunction } from './wiring/functions.ts';
import { resourcesOf } from './wiring/planned.ts';
import { makePrincipals } from './wiring/principals.ts';
import { startStores } from './wiring/stores.ts';

/** A planned assembly, running. */
export interface Cloud {
  readonly media: Handler;
  readonly api: Handler;
  readonly functionUrls: readonly RunningFunctionUrl[];
  readonly functions: readonly RunningFunction[];
  /** The key pair of the API. */
  readonly credentials: Credentials;
  /** Rules of the web ACL that only AWS can evaluate, by name. */
  readonly rulesNotEvaluated: readonly string[];
  close(): Promise<void>;
}

export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
}

type Step = () => Promise<void> | void;

/**
 * Starts what the plan says: stores first, then functions, their URLs, the distribution, the API, and the events last.
 * @param folder what survives: objects, tables, secrets
 * @param log takes lines of functions and services
 * @param viewerCountry ISO 3166-1 alpha-2, where every viewer is taken to be; undefined when nobody knows
 */
export async function startCloud(
  plan: AssemblyPlan,
  folder: string,
  log: (line: string) => void,
  viewerCountry?: string,
): Promise<Cloud> {
  const undo: Step[] = [];
  try {
    return { ...(await startServices(plan, folder, log, undo, viewerCountry)), close: () => close(undo) };
  } catch (error) {
    await close(undo);
    throw error;
  }
}

async function close(undo: Step[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

async function startServices(
  plan: AssemblyPlan,
  folder: string,
  log: (line: string) => void,
  undo: Step[],
  viewerCountry: string | undefined,
): Promise<Omit<Cloud, 'close'>> {
  const principals = makePrincipals(plan);
  const { s3, dynamoDb, apis, waf, keyValueStores } = await startStores({
    plan,
    folder,
    principals,
    log,
    // Both are there before anything can call them: functions start below, events at the end.
    onEvent: (event) => bus.deliver(event),
    invalidate: (id, paths) => {
      if (id === distribution.id) distribution.cdn.invalidate(paths);
      return id === distribution.id;
    },
    atEnd: (step) => undo.push(step),
  });
  const endpoints = { s3: s3.endpoint, dynamoDb: dynamoDb.endpoint, apis: apis.endpoint };
  const functions = makeFunctions(plan, endpoints, principals, log);
  undo.push(async () => void (await Promise.all(functions.map(({ lambda }) => lambda.close()))));
  const functionUrls = await startFunctionUrls(plan, functions, principals);
  undo.push(async () => void (await Promise.all(functionUrls.map((url) => url.close()))));
  const s3Endpoint = s3.endpoint;
  const distribution = makeDistribution({
    ...{ plan, s3Endpoint, functionUrls, principals, keyValueStores, waf, viewerCountry, log },
  });
  undo.push(() => distribution.cdn.close());
  const bus = makeEventBus(plan, functions, log);
  const api = makeApi(plan, functions, log);
  s3.startEvents();
  undo.push(startScheduledRules(plan, functions, log));
  return {
    media: (request, response) => void distribution.cdn.handle(request, response),
    api,
    functionUrls,
    functions,
    credentials: credentialsOf(plan, apis),
    rulesNotEvaluated: distribution.rulesNotEvaluated,
  };
}

function credentialsOf(plan: AssemblyPlan, apis: AwsApis): Credentials {
  const [secret] = resourcesOf(plan, 'AWS::SecretsManager::Secret');
  const value = secret && apis.secretValue(secret.ref);
  if (value === undefined) throw new StartFault('The cloud assembly has no secret with the keys of the API.');
  return JSON.parse(value) as Credentials;
}
