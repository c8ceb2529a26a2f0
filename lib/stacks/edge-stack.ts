import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { CodeSource } from '../bundling/code-source.ts';
import type { VitrineConfig } from '../config/config.ts';
import { copiesReadIn, fallbackRegions } from '../config/fallback-regions.ts';
import { AccountsTable } from '../constructs/accounts/accounts-table.ts';
import { ApiCdn } from '../constructs/api/api-cdn.ts';
import { ApiWebAcl } from '../constructs/api/api-web-acl.ts';
import { FALLBACK_HOST_OUTPUT } from '../constructs/delivery/fallback-transformer.ts';
import { MediaCdn } from '../constructs/delivery/media-cdn.ts';
import { CdnSecrets } from '../constructs/edge/cdn-secrets.ts';
import { EdgeParameter } from '../constructs/edge/edge-parameter.ts';
import type { RightsHolder } from '../constructs/edge/edge-rights.ts';
import { EdgeRights } from '../constructs/edge/edge-rights.ts';
import { FirstPublication } from '../constructs/edge/first-publication.ts';
import type { OwnHosts } from '../constructs/edge/own-hosts.ts';
import { UploadOriginSecret } from '../constructs/edge/upload-origin-secret.ts';
import { ViewerFunctions } from '../constructs/edge/viewer-functions.ts';
import { WebAcl } from '../constructs/edge/web-acl.ts';
import type { WebAclRule } from '../constructs/edge/web-acl-rule.ts';
import { AccessLogs } from '../constructs/insight/access-logs.ts';
import { tellOfAlarms } from '../constructs/insight/alarm-receivers.ts';
import { EdgeAlarms } from '../constructs/insight/edge-alarms.ts';
import { EdgeDashboard } from '../constructs/insight/edge-dashboard.ts';
import { LogReader } from '../constructs/insight/log-reader.ts';
import { MonthBudget } from '../constructs/insight/month-budget.ts';
import { SpendCeiling } from '../constructs/insight/spend-ceiling.ts';
import { BucketEmptying } from '../constructs/storage/bucket-emptying.ts';
import {
  API_HOST_OUTPUT,
  CREDENTIALS_SECRET_OUTPUT,
  TRANSFORMER_HOST_OUTPUT,
  TRANSFORMER_NAME_OUTPUT,
  UPLOAD_HOST_OUTPUT,
} from './region/region-outputs.ts';
import type { RegionStack } from './region-stack.ts';
import { outputOf } from './stack-output.ts';

/** Names of the outputs with the distributions' own hosts, which the records of other hosts lead to. */
export const MEDIA_TARGET_OUTPUT = 'MediaTarget';
export const API_TARGET_OUTPUT = 'ApiTarget';

export interface EdgeStackProps extends StackProps {
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** The first is home. */
  readonly regions: readonly [RegionStack, ...RegionStack[]];
  /** The owner's, for the web ACL of media. */
  readonly webAclRules: readonly WebAclRule[];
}

/** Everything that CloudFront wants in us-east-1: distributions, functions, web ACLs, access log, edge parameter. */
export class EdgeStack extends Stack {
  /** Of media. */
  readonly distribution: IDistribution;
  /** Under which media are delivered, for records of the owner's. */
  readonly mediaHost: string;
  /** Under which the home region's API answers. */
  readonly apiHost: string;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { config, code, regions } = props;
    const [home, ...others] = regions;
    for (const region of regions) this.addStackDependency(region, 'reads hosts and roles of its functions');
    const viewerFunctions = new ViewerFunctions(this, 'ViewerFunctions', {
      requestCode: code.edgeFunction('viewer-request', {
        isMultiRegion: others.length > 0,
        cdnInFront: config.cdnInFront,
      }),
      responseCode: code.edgeFunction('viewer-response'),
    });
    const cdnSecrets = this.#cdnSecrets(config);
    const webAcl = config.profile === 'guarded' ? this.#webAcl(props, cdnSecrets) : undefined;
    const media = new MediaCdn(this, 'Media', {
      deployment: config.name,
      regions: [mediaRegion(home, config), ...others.map((region) => mediaRegion(region, config))],
      viewerFunctions,
      webAclArn: webAcl?.arn,
      domain: config.mediaDomain,
      isBehindCdn: cdnSecrets !== undefined,
    });
    const { distribution, mediaHost } = media;
    const logs = new AccessLogs(this, 'AccessLogs', {
      deployment: config.name,
      distributionArn: distribution.distributionArn,
    });
    new LogReader(this, 'LogReader', { deployment: config.name, buckets: [logs.bucket, logs.reads] });
    if (!config.retainData) {
      new BucketEmptying(this, 'Emptying', { code: code.handler('empty-buckets'), buckets: [logs.bucket, logs.reads] });
    }
    const published = {
      settingsStoreArn: viewerFunctions.settings.keyValueStoreArn,
      ...(webAcl && { accessRuleGroupArn: webAcl.accessRuleGroupArn }),
    };
    const uploads =
      config.largeUploads === 'web'
        ? new UploadOriginSecret(this, 'UploadOrigin', { deployment: config.name })
        : undefined;
    const apis = regions.map((region) => [region.region, this.#apiCdn(region, props, uploads)] as const);
    const apiHosts = Object.fromEntries(apis.map(([region, { host }]) => [region, host]));
    const { distributionArn, distributionId } = distribution;
    const parameter = new EdgeParameter(this, 'Edge', {
      deployment: config.name,
      distributionId,
      mediaHost,
      apiHosts,
      ...(config.cdnInFront?.refuseDirect && { addressHeader: config.cdnInFront.addressHeader }),
      otherHosts: hostsThatFit(config.mediaDomain?.otherNames ?? []),
      fallbacks: fallbacksOf(config),
      ...published,
    });
    const firstPublication = new FirstPublication(this, 'FirstPublication', {
      code: code.handler('first-publication'),
      deployment: config.name,
      homeRegion: home.region,
      secretArn: outputOf(home, CREDENTIALS_SECRET_OUTPUT),
      cdnSecrets: cdnSecrets?.arns,
    });
    const rights = new EdgeRights(this, 'Rights', {
      deployment: config.name,
      distributionArn,
      ...published,
      holders: [...regions.flatMap(holdersIn), firstPublication.holder],
    });
    firstPublication.publish(published, [parameter, rights]);
    const hosts = { media: media.ownHosts, api: apis[0]?.[1].ownHosts };
    this.#bound(props);
    this.#watch(props, distributionId, hosts);
    this.distribution = distribution;
    this.mediaHost = mediaHost;
    this.apiHost = apiHosts[home.region] as string;
    new CfnOutput(this, 'MediaUrl', { value: `https://${mediaHost}` });
    new CfnOutput(this, 'ApiUrl', { value: `https://${this.apiHost}` });
    // Where the records of hosts of one's own lead.
    new CfnOutput(this, MEDIA_TARGET_OUTPUT, { value: distribution.distributionDomainName });
    if (apis[0]) new CfnOutput(this, API_TARGET_OUTPUT, { value: apis[0][1].distribution.distributionDomainName });
  }

  #watch(
    { config, regions }: EdgeStackProps,
    distributionId: string,
    hosts: Readonly<Record<string, OwnHosts | undefined>>,
  ): void {
    const { name, profile, alarms, dashboards, monthlyBudget } = config;
    if (monthlyBudget !== undefined) {
      new MonthBudget(this, 'Budget', { deployment: name, dollars: monthlyBudget, mails: alarms.mails });
    }
    if (dashboards) {
      const transformers = regions.map((stack) => ({
        region: stack.region,
        functionName: outputOf(stack, TRANSFORMER_NAME_OUTPUT),
      }));
      new EdgeDashboard(this, 'OperationsDashboard', { deployment: name, distributionId, transformers });
    }
    if (profile !== 'guarded') return;
    const certificates = new Map<string, string>();
    for (const [use, own] of Object.entries(hosts)) if (own) certificates.set(use, own.certificate.certificateArn);
    new EdgeAlarms(this, 'Alarms', { deployment: name, distributionId, certificates });
    tellOfAlarms(this, name, alarms);
  }

  /** What the account may cost. */
  #bound({ config: { name, profile, alarms, spendCeiling, regions }, code, regions: [home] }: EdgeStackProps): void {
    if (spendCeiling === undefined) return;
    new SpendCeiling(this, 'SpendCeiling', {
      ...{ deployment: name, dollars: spendCeiling, mails: alarms.mails },
      code: code.handler('reach-ceiling'),
      accounts: new AccountsTable(this, 'Accounts', { deployment: name, homeRegion: regions[0], isElsewhere: true }),
      audit: home.audit,
      hasAlarms: profile === 'guarded',
    });
  }

  /** Each region has an API of its own. */
  #apiCdn(
    region: RegionStack,
    { config, code, regions: [home] }: EdgeStackProps,
    uploads: UploadOriginSecret | undefined,
  ): ApiCdn {
    const webAcl = config.profile === 'guarded' ? new ApiWebAcl(this, `ApiWebAcl-${region.region}`) : undefined;
    return new ApiCdn(this, `ApiCdn-${region.region}`, {
      deployment: config.name,
      apiHost: outputOf(region, API_HOST_OUTPUT),
      requestCode: code.edgeFunction('api-request'),
      ...(uploads && {
        uploads: {
          host: outputOf(region, UPLOAD_HOST_OUTPUT),
          headers: uploads.headers,
          requestCode: code.edgeFunction('upload-request'),
        },
      }),
      webAclArn: webAcl?.arn,
      domain: region === home ? config.apiDomain : undefined,
    });
  }

  /** By which another CDN is known. */
  #cdnSecrets({ name, cdnInFront }: VitrineConfig): CdnSecrets | undefined {
    return cdnInFront && new CdnSecrets(this, 'CdnInFront', { deployment: name, names: cdnInFront.secrets });
  }

  #webAcl({ config, code, webAclRules }: EdgeStackProps, secrets: CdnSecrets | undefined): WebAcl {
    const { cdnInFront } = config;
    return new WebAcl(this, 'WebAcl', {
      ...config,
      deployment: config.name,
      keeperCode: code.handler('keep-access-rules'),
      forwarded: cdnInFront && secrets && { ...cdnInFront, secrets: secrets.references },
      ownRules: webAclRules,
    });
  }
}

/** Characters of hosts that have room in a parameter, whose value has at most 4 KB (Systems Manager, "Parameter tiers"). */
const HOST_CHARACTERS = 3000;

/** Without the list the API does not check the hosts of endpoints. */
function hostsThatFit(hosts: readonly string[]): readonly string[] | undefined {
  return JSON.stringify(hosts).length <= HOST_CHARACTERS ? hosts : undefined;
}

const mediaRegion = (stack: RegionStack, config: VitrineConfig) => ({
  region: stack.region,
  transformerHost: outputOf(stack, TRANSFORMER_HOST_OUTPUT),
  fallbackHost: rendersForOthers(stack.region, config) ? outputOf(stack, FALLBACK_HOST_OUTPUT) : undefined,
});

const rendersForOthers = (region: string, config: VitrineConfig): boolean =>
  Object.keys(copiesReadIn(region, config)).length > 0;

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
