import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CodeSource } from '../bundling/code-source.ts';
import type { VitrineConfig } from '../config/config.ts';
import { ApiCdn } from '../constructs/api/api-cdn.ts';
import { ApiWebAcl } from '../constructs/api/api-web-acl.ts';
import { MediaCdn } from '../constructs/delivery/media-cdn.ts';
import { EdgeParameter } from '../constructs/edge/edge-parameter.ts';
import type { RightsHolder } from '../constructs/edge/edge-rights.ts';
import { EdgeRights } from '../constructs/edge/edge-rights.ts';
import { FirstPublication } from '../constructs/edge/first-publication.ts';
import { ViewerFunctions } from '../constructs/edge/viewer-functions.ts';
import { WebAcl } from '../constructs/edge/web-acl.ts';
import { AccessLogs } from '../constructs/insight/access-logs.ts';
import { tellOfAlarms } from '../constructs/insight/alarm-receivers.ts';
import { EdgeAlarms } from '../constructs/insight/edge-alarms.ts';
import { MonthBudget } from '../constructs/insight/month-budget.ts';
import { BucketEmptying } from '../constructs/storage/bucket-emptying.ts';
import type { RegionStack } from './region-stack.ts';
import { API_HOST_OUTPUT, CREDENTIALS_SECRET_OUTPUT, TRANSFORMER_HOST_OUTPUT } from './region-stack.ts';

export interface EdgeStackProps extends StackProps {
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** The first is home, from where media are delivered. */
  readonly regions: readonly [RegionStack, ...RegionStack[]];
}

/** Everything that CloudFront wants in us-east-1: distributions, functions, web ACLs, access log, edge parameter. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { config, code, regions } = props;
    const [home] = regions;
    for (const region of regions) this.addStackDependency(region, 'reads hosts and roles of its functions');
    const viewerFunctions = new ViewerFunctions(this, 'ViewerFunctions', {
      requestCode: code.edgeFunction('viewer-request'),
      responseCode: code.edgeFunction('viewer-response'),
    });
    const webAcl = config.profile === 'guarded' ? this.#webAcl(config, code) : undefined;
    const { distribution, mediaHost } = new MediaCdn(this, 'Media', {
      deployment: config.name,
      homeRegion: home.region,
      transformerHost: outputOf(home, TRANSFORMER_HOST_OUTPUT),
      viewerFunctions,
      webAclArn: webAcl?.arn,
      domain: config.mediaDomain,
    });
    const logs = new AccessLogs(this, 'AccessLogs', {
      deployment: config.name,
      distributionArn: distribution.distributionArn,
    });
    if (!config.retainData) {
      new BucketEmptying(this, 'Emptying', { code: code.handler('empty-buckets'), buckets: [logs.bucket] });
    }
    const published = {
      settingsStoreArn: viewerFunctions.settings.keyValueStoreArn,
      ...(webAcl && { accessRuleGroupArn: webAcl.accessRuleGroupArn }),
    };
    const apiHosts = Object.fromEntries(regions.map((region) => [region.region, this.#apiCdn(region, props).host]));
    const { distributionArn, distributionId } = distribution;
    const parameter = new EdgeParameter(this, 'Edge', {
      deployment: config.name,
      distributionId,
      mediaHost,
      apiHosts,
      otherHosts: hostsThatFit(config.mediaDomain?.otherNames ?? []),
      ...published,
    });
    const firstPublication = new FirstPublication(this, 'FirstPublication', {
      code: code.handler('first-publication'),
      deployment: config.name,
      homeRegion: home.region,
      secretArn: outputOf(home, CREDENTIALS_SECRET_OUTPUT),
    });
    const rights = new EdgeRights(this, 'Rights', {
      deployment: config.name,
      distributionArn,
      ...published,
      holders: [...regions.flatMap(holdersIn), firstPublication.holder],
    });
    firstPublication.publish(published, [parameter, rights]);
    this.#watch(config, distributionId);
    new CfnOutput(this, 'MediaUrl', { value: `https://${mediaHost}` });
    new CfnOutput(this, 'ApiUrl', { value: `https://${apiHosts[home.region]}` });
  }

  #watch(
    { name, profile, alarms, monthlyBudget, mediaDomain, apiDomain }: VitrineConfig,
    distributionId: string,
  ): void {
    if (monthlyBudget !== undefined) {
      new MonthBudget(this, 'Budget', { deployment: name, dollars: monthlyBudget, mails: alarms.mails });
    }
    if (profile !== 'guarded') return;
    const certificates = new Map<string, string>();
    if (mediaDomain) certificates.set('media', mediaDomain.certificateArn);
    if (apiDomain) certificates.set('api', apiDomain.certificateArn);
    new EdgeAlarms(this, 'Alarms', { deployment: name, distributionId, certificates });
    tellOfAlarms(this, name, alarms);
  }

  /** Each region has an API of its own. */
  #apiCdn(region: RegionStack, { config, code, regions: [home] }: EdgeStackProps): ApiCdn {
    const webAcl = config.profile === 'guarded' ? new ApiWebAcl(this, `ApiWebAcl-${region.region}`) : undefined;
    return new ApiCdn(this, `ApiCdn-${region.region}`, {
      deployment: config.name,
      apiHost: outputOf(region, API_HOST_OUTPUT),
      requestCode: code.edgeFunction('api-request'),
      webAclArn: webAcl?.arn,
      domain: region === home ? config.apiDomain : undefined,
    });
  }

  #webAcl(config: VitrineConfig, code: CodeSource): WebAcl {
    return new WebAcl(this, 'WebAcl', {
      ...config,
      deployment: config.name,
      keeperCode: code.handler('keep-access-rules'),
    });
  }
}

/** Characters of hosts that have room in a parameter, whose value has at most 4 KB (Systems Manager, "Parameter tiers"). */
const HOST_CHARACTERS = 3000;

/** Without the list the API does not check the hosts of endpoints. */
function hostsThatFit(hosts: readonly string[]): readonly string[] | undefined {
  return JSON.stringify(hosts).length <= HOST_CHARACTERS ? hosts : undefined;
}

function holdersIn(stack: RegionStack): RightsHolder[] {
  return stack.edgeCallers.list.map(({ roleOutput, tasks }) => ({
    id: `${stack.region.replaceAll('-', '')}${roleOutput}`,
    roleName: outputOf(stack, roleOutput),
    tasks,
  }));
}

/**
 * Read when this stack is deployed, across regions and without an export that would lock the other stack (AWS,
 * "Fn::GetStackOutput"). It stands alone: `Fn::Split` does not take it.
 */
function outputOf(stack: Stack, name: string): string {
  return Fn.getStackOutput(stack.stackName, name, stack.region);
}
