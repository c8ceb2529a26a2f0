import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, catalogueOf } from './assembly/catalogue.ts';
import type { AssemblyPlan } from './assembly/plan-assembly.ts';
import { startAwsApiServer } from './aws-api/server.ts';
import type { FaultSwitch } from './faults/fault-switch.ts';
import { requireKeptFiles } from './kept-files.ts';
import type { Handler } from './listener.ts';
import { makePrincipals, type Principals } from './principals.ts';
import type { Program } from './program.ts';
import { StartingCloud } from './service/starting-cloud.ts';
import { DISTRIBUTIONS } from './services/cloudfront/service.ts';
import { ISSUERS, type RunningIssuer } from './services/cognito/service.ts';
import { FIRST_RUNS } from './services/events/service.ts';
import { FUNCTION_URLS, type RunningFunctionUrl } from './services/function-url/service.ts';
import { SERVICES } from './services/index.ts';
import type { RunningFunction } from './services/lambda/functions.ts';
import { FUNCTIONS } from './services/lambda/service.ts';
import { OBJECTS } from './services/s3/service.ts';
import { SECRETS } from './services/secrets-manager/service.ts';
import { using } from './start-fault.ts';
import type { ViewerResponseReading } from './viewer-response-reading.ts';

/** Everything that the services know. */
export const CATALOGUE: Catalogue = catalogueOf(SERVICES.flatMap(({ resourceTypes }) => resourceTypes));

export interface CloudOptions {
  readonly plan: AssemblyPlan;
  /** What survives: objects, tables, secrets. */
  readonly folder: string;
  readonly program: Program;
  /** Takes lines of functions and services. */
  readonly log: (line: string) => void;
  /** ISO 3166-1 alpha-2; every viewer is taken to be there. @default nobody knows */
  readonly viewerCountry?: string | undefined;
  /** Every viewer is taken to have it where origins are told. @default nobody knows */
  readonly viewerAddress?: string | undefined;
  /** The request that a viewer-response function is given. @default 'viewer' */
  readonly viewerResponseSees?: ViewerResponseReading | undefined;
  /** What goes wrong between functions and services, and with events. @default nothing */
  readonly faults?: FaultSwitch | undefined;
}

/** A CloudFront distribution, to be served at the host that it was planned with. */
export interface RunningDistribution {
  readonly logicalId: string;
  readonly handle: Handler;
}

/** A planned assembly, running. */
export interface Cloud {
  readonly distributions: readonly RunningDistribution[];
  readonly functionUrls: readonly RunningFunctionUrl[];
  /** Stand-ins of user pools, each to be served at the host that it was planned with. */
  readonly issuers: readonly RunningIssuer[];
  readonly functions: readonly RunningFunction[];
  /** @param id ARN or name of a secret @returns undefined when there is none, or it has no value */
  secretValue(id: string): string | undefined;
  /** Variables with which the AWS CLI and SDKs call the services as the owner of the account does. */
  readonly ownerEnvironment: Readonly<Record<string, string>>;
  /** Rules of web ACLs that only AWS can evaluate, by name. */
  readonly rulesNotEvaluated: readonly string[];
  /** Resolves with a sentence when something ended without which the cloud cannot go on. */
  readonly failed: Promise<string>;
  /** Settles when everything that runs by the clock has run once. */
  readonly firstRuns: Promise<void>;
  close(): Promise<void>;
}

/** Starts what the plan says, service by service. What has started is closed again when one of them fails. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const starting = await prepare(options);
  try {
    for (const service of SERVICES) await service.start?.(starting);
    starting.started();
  } catch (error) {
    await starting.close();
    throw error;
  }
  return running(starting);
}

async function prepare(options: CloudOptions): Promise<StartingCloud> {
  await using(options.program, options.folder, () => mkdirSync(options.folder, { recursive: true }));
  await using(options.program, options.folder, () => {
    requireKeptFiles(options.folder, join(options.folder, OBJECTS), keptFiles(options.plan));
  });
  const principals = makePrincipals(options.plan);
  const apis = await startAwsApiServer({ principals: secretsOf(principals), log: options.log });
  const starting = new StartingCloud({ ...options, principals, apis });
  starting.atEnd(() => apis.close());
  for (const name of SERVICES.flatMap(({ sdkEndpoints = [] }) => sdkEndpoints)) {
    starting.sdkEndpoints.set(name, apis.endpoint);
  }
  return starting;
}

/** Of the services that the plan has a use for. */
function keptFiles(plan: AssemblyPlan): string[] {
  const planned = new Set(plan.resources.map(({ type }) => type));
  const used = SERVICES.filter(({ resourceTypes }) => resourceTypes.some(({ type }) => planned.has(type)));
  return used.flatMap(({ keptFile }) => keptFile ?? []);
}

/** Only functions and the owner may call the APIs. */
function secretsOf({ functions, owner }: Principals): Map<string, string> {
  return new Map(
    [...functions.values(), owner].map(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey]),
  );
}

function running(starting: StartingCloud): Cloud {
  const distributions = starting.need(DISTRIBUTIONS);
  return {
    distributions: distributions.map(({ logicalId, cdn }) => ({ logicalId, handle: cdn.handle })),
    functionUrls: starting.need(FUNCTION_URLS),
    issuers: starting.need(ISSUERS),
    functions: starting.need(FUNCTIONS),
    secretValue: (id) => starting.need(SECRETS).find(id)?.value,
    ownerEnvironment: ownerEnvironment(starting),
    rulesNotEvaluated: [...new Set(distributions.flatMap((one) => one.rulesNotEvaluated))],
    failed: starting.failed,
    firstRuns: starting.need(FIRST_RUNS),
    close: () => starting.close(),
  };
}

function ownerEnvironment({ principals: { owner }, plan, sdkEndpoints }: StartingCloud): Record<string, string> {
  const endpoints = [...sdkEndpoints].map(([name, endpoint]) => [`AWS_ENDPOINT_URL_${name}`, endpoint]);
  return {
    AWS_ACCESS_KEY_ID: owner.accessKeyId,
    AWS_SECRET_ACCESS_KEY: owner.secretAccessKey,
    AWS_REGION: plan.resources[0]?.region ?? 'us-east-1',
    ...Object.fromEntries(endpoints),
  };
}
