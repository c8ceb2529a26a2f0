import { existsSync } from 'node:fs';
import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { referredTo } from '../../assembly/planned.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { serviceEnvironment } from '../lambda/functions.ts';
import { WEB_FUNCTION_RESOURCE_TYPES } from './properties.ts';
import { startWebFunction, type WebFunction } from './server.ts';

/** A Web Function behind an endpoint, and the host name by which templates know that. */
export interface RunningWebFunction extends WebFunction {
  readonly templateHost: string;
  readonly region: string;
}

export const WEB_FUNCTIONS = offerOf<readonly RunningWebFunction[]>('Web Functions');

export const webFunction: Service = {
  name: 'web-function',
  resourceTypes: WEB_FUNCTION_RESOURCE_TYPES,
  start: async (cloud) => {
    const endpoints = cloud.resources('AWS::Lambda::WebFunctionEndpoint');
    const running = await Promise.all(endpoints.map((endpoint) => start(endpoint, cloud)));
    cloud.atEnd(async () => void (await Promise.all(running.map((one) => one.close()))));
    cloud.offer(WEB_FUNCTIONS, running);
  },
};

/** The properties of a revision that are run here. */
interface Revision {
  readonly BuildConfig: { readonly CodeConfig: { readonly S3Object: { readonly Key: string } } };
  readonly ServiceConfig: {
    readonly EnvironmentVariables?: Readonly<Record<string, string>>;
    readonly MaxConcurrencyPerEnvironment?: number;
    readonly TimeoutSeconds?: number;
  };
}

/** Requests that Lambda gives one environment, and seconds of one, where the template says nothing. */
const DEFAULTS = { concurrency: 64, timeout: 30 };

async function start(endpoint: PlannedResource, cloud: StartingCloud): Promise<RunningWebFunction> {
  const { FunctionName, RevisionWeights } = endpoint.properties as {
    readonly FunctionName: string;
    readonly RevisionWeights: readonly [{ readonly RevisionId: string }];
  };
  const fn = referredTo(cloud.resources('AWS::Lambda::WebFunction'), FunctionName, endpoint.logicalId);
  const revision = referredTo(
    cloud.resources('AWS::Lambda::WebFunctionRevision'),
    RevisionWeights[0].RevisionId,
    endpoint.logicalId,
  );
  const { BuildConfig, ServiceConfig } = revision.properties as unknown as Revision;
  const running = await startWebFunction({
    codeFolder: codeFolder(BuildConfig.CodeConfig.S3Object.Key, revision, cloud),
    region: fn.region,
    environment: {
      ...ServiceConfig.EnvironmentVariables,
      ...serviceEnvironment(fn.ref, cloud.sdkEndpoints, cloud.principals),
    },
    timeoutSeconds: ServiceConfig.TimeoutSeconds ?? DEFAULTS.timeout,
    maximumConcurrency: ServiceConfig.MaxConcurrencyPerEnvironment ?? DEFAULTS.concurrency,
    log: (line) => cloud.log(`${fn.logicalId}: ${line}`),
  });
  return { ...running, region: fn.region, templateHost: endpoint.attributes.DomainName ?? '' };
}

/** The asset that a deployment would copy to where the revision reads its code. */
function codeFolder(key: string, { logicalId }: PlannedResource, { plan }: StartingCloud): string {
  const copy = referredTo(
    plan.resources.filter(({ type }) => type === 'Custom::S3ObjectCopy'),
    key,
    logicalId,
  );
  const [hash = ''] = /[0-9a-f]{64}/.exec(String(copy.properties.SourceObjectKey)) ?? [];
  const folder = plan.fileAssets.get(hash);
  if (folder === undefined || !existsSync(folder)) {
    throw new StartFault(`The Web Function of ${logicalId} has no code in the cloud assembly.`);
  }
  return folder;
}
