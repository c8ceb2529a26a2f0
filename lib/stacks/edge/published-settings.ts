import type { VitrineConfig } from '../../config/config.ts';
import { fallbackRegions } from '../../config/fallback-regions.ts';
import { EdgeParameter } from '../../constructs/edge/edge-parameter.ts';
import type { RightsHolder } from '../../constructs/edge/edge-rights.ts';
import { EdgeRights } from '../../constructs/edge/edge-rights.ts';
import { FirstPublication } from '../../constructs/edge/first-publication.ts';
import { CREDENTIALS_SECRET_OUTPUT } from '../region/region-outputs.ts';
import type { RegionStack } from '../region-stack.ts';
import { outputOf } from '../stack-output.ts';
import type { Apis } from './apis.ts';
import type { EdgeScope } from './edge-scope.ts';
import type { MediaParts } from './media.ts';

/** Tells the regions where the edge is, lets their functions publish to it, and publishes for the first time. */
export function publishSettings(edge: EdgeScope, media: MediaParts, { hosts: apiHosts }: Apis): void {
  const { stack, config, code, regions } = edge;
  const [home] = regions;
  const { viewerFunctions, cdnSecrets, webAcl } = media;
  const { distribution, mediaHost } = media.cdn;
  const { distributionArn, distributionId } = distribution;
  const published = {
    settingsStoreArn: viewerFunctions.settings.keyValueStoreArn,
    ...(webAcl && { accessRuleGroupArn: webAcl.accessRuleGroupArn }),
  };
  const parameter = new EdgeParameter(stack, 'Edge', {
    deployment: config.name,
    distributionId,
    mediaHost,
    apiHosts,
    ...(config.cdnInFront?.refuseDirect && { addressHeader: config.cdnInFront.addressHeader }),
    otherHosts: hostsThatFit(config.mediaDomain?.otherNames ?? []),
    fallbacks: fallbacksOf(config),
    ...published,
  });
  const firstPublication = new FirstPublication(stack, 'FirstPublication', {
    code: code.handler('first-publication'),
    deployment: config.name,
    homeRegion: home.region,
    secretArn: outputOf(home, CREDENTIALS_SECRET_OUTPUT),
    cdnSecrets: cdnSecrets?.arns,
  });
  const rights = new EdgeRights(stack, 'Rights', {
    deployment: config.name,
    distributionArn,
    ...published,
    holders: [...regions.flatMap(holdersIn), firstPublication.holder],
  });
  firstPublication.publish(published, [parameter, rights]);
}

/** Characters of hosts that have room in a parameter, whose value has at most 4 KB (Systems Manager, "Parameter tiers"). */
const HOST_CHARACTERS = 3000;

/** Without the list the API does not check the hosts of endpoints. */
function hostsThatFit(hosts: readonly string[]): readonly string[] | undefined {
  return JSON.stringify(hosts).length <= HOST_CHARACTERS ? hosts : undefined;
}

function fallbacksOf(config: VitrineConfig): Readonly<Record<string, string>> | undefined {
  const all = fallbackRegions(config).map(({ of, to }) => [of, to] as const);
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

function holdersIn(stack: RegionStack): RightsHolder[] {
  return stack.edgeCallers.list.map(({ roleOutput, tasks }) => ({
    id: `${stack.region.replaceAll('-', '')}${roleOutput}`,
    roleName: outputOf(stack, roleOutput),
    tasks,
  }));
}
