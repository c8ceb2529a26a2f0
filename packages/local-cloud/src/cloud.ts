import type { AssemblyPlan } from './assembly/plan-assembly.ts';
import type { Handler } from './listener.ts';
import type { Program } from './program.ts';
import { makeApi } from './wiring/api.ts';
import { makeDistribution } from './wiring/distribution.ts';
import { makeEventBus, startScheduledRules } from './wiring/events.ts';
import { type RunningFunctionUrl, startFunctionUrls } from './wiring/function-urls.ts';
import { makeFunctions, type RunningFunction } from './wiring/functions.ts';
import { makePrincipals } from './wiring/principals.ts';
import { startStores } from './wiring/stores.ts';

export interface CloudOptions {
  readonly plan: AssemblyPlan;
  /** What survives: objects, tables, secrets. */
  readonly folder: string;
  readonly program: Program;
  /** Takes lines of functions and services. */
  readonly log: (line: string) => void;
  /** ISO 3166-1 alpha-2; every viewer is taken to be there. @default nobody knows */
  readonly viewerCountry?: string | undefined;
}

/** A planned assembly, running. */
export interface Cloud {
  readonly distribution: Handler;
  readonly httpApi: Handler;
  readonly functionUrls: readonly RunningFunctionUrl[];
  readonly functions: readonly RunningFunction[];
  /** @param id ARN or name of a secret @returns undefined when there is none, or it has no value */
  secretValue(id: string): string | undefined;
  /** Rules of the web ACL that only AWS can evaluate, by name. */
  readonly rulesNotEvaluated: readonly string[];
  close(): Promise<void>;
}

type Step = () => Promise<void> | void;

/** Starts what the plan says: stores first, then functions, their URLs, the distribution, the API, and the events last. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const undo: Step[] = [];
  try {
    return { ...(await startServices(options, undo)), close: () => close(undo) };
  } catch (error) {
    await close(undo);
    throw error;
  }
}

async function close(undo: Step[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

async function startServices(options: CloudOptions, undo: Step[]): Promise<Omit<Cloud, 'close'>> {
  const { plan, log, viewerCountry } = options;
  const principals = makePrincipals(plan);
  const { s3, dynamoDb, apis, waf, keyValueStores } = await startStores({
    ...options,
    principals,
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
  const httpApi = makeApi(plan, functions, log);
  s3.startEvents();
  undo.push(startScheduledRules(plan, functions, log));
  return {
    distribution: (request, response) => void distribution.cdn.handle(request, response),
    httpApi,
    functionUrls,
    functions,
    secretValue: (id) => apis.secretValue(id),
    rulesNotEvaluated: distribution.rulesNotEvaluated,
  };
}
