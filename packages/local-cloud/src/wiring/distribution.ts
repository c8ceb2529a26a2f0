import type { AssemblyPlan, PlannedResource } from '../assembly/plan-assembly.ts';
import { type Cdn, createCdn, type OriginTarget } from '../cdn/cdn.ts';
import type { KeyValueStores } from '../cdn/key-value-stores.ts';
import { StartFault } from '../start-fault.ts';
import type { WafStore } from '../waf/waf-store.ts';
import { createWebAcl, type WebAcl } from '../waf/web-acl.ts';
import type { RunningFunctionUrl } from './function-urls.ts';
import { referredTo, resourcesOf } from './planned.ts';
import type { Principals } from './principals.ts';

type Config = Record<string, unknown>;

interface Origin {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginAccessControlId?: string;
}

export interface RunningDistribution {
  readonly id: string;
  readonly cdn: Cdn;
  /** Rules of the web ACL that only AWS can evaluate. */
  readonly rulesNotEvaluated: readonly string[];
}

export interface DistributionOptions {
  readonly plan: AssemblyPlan;
  readonly s3Endpoint: string;
  readonly functionUrls: readonly RunningFunctionUrl[];
  readonly principals: Principals;
  readonly keyValueStores: KeyValueStores;
  readonly waf: WafStore;
  /** ISO 3166-1 alpha-2; every viewer of this machine is from there. @default nobody knows */
  readonly viewerCountry?: string | undefined;
  readonly log: (line: string) => void;
}

/** The media distribution. @throws unless there is exactly one: one port has room for one */
export function makeDistribution(options: DistributionOptions): RunningDistribution {
  const { plan, s3Endpoint, functionUrls, principals, keyValueStores, waf, viewerCountry, log } = options;
  const [distribution, ...others] = resourcesOf(plan, 'AWS::CloudFront::Distribution');
  if (!distribution || others.length > 0) throw new StartFault('The local cloud serves exactly one distribution.');
  const config = distribution.properties.DistributionConfig as Config;
  const webAcl = webAclOf(plan, config, waf);
  const cdn = createCdn({
    distributionId: distribution.ref,
    distribution: config,
    cachePolicies: policies(plan, 'AWS::CloudFront::CachePolicy', 'CachePolicyConfig'),
    originRequestPolicies: policies(plan, 'AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig'),
    responseHeadersPolicies: policies(plan, 'AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig'),
    functions: edgeFunctions(plan),
    keyValueStores,
    origins: new Map(
      (config.Origins as readonly Origin[]).map((origin) => [
        origin.Id,
        originTarget(plan, origin, s3Endpoint, functionUrls, principals),
      ]),
    ),
    log,
    ...(viewerCountry !== undefined && { viewerCountry }),
    ...(webAcl && { webAcl }),
  });
  return { id: distribution.ref, cdn, rulesNotEvaluated: webAcl?.notEvaluated ?? [] };
}

function policies(plan: AssemblyPlan, type: string, property: string): Map<string, Config> {
  return new Map(resourcesOf(plan, type).map(({ ref, properties }) => [ref, properties[property] as Config]));
}

interface StoreAssociation {
  readonly KeyValueStoreARN: string;
}

function edgeFunctions(plan: AssemblyPlan) {
  return new Map(
    resourcesOf(plan, 'AWS::CloudFront::Function').map(({ attributes, properties }) => {
      const { KeyValueStoreAssociations: stores = [] } = properties.FunctionConfig as {
        readonly KeyValueStoreAssociations?: readonly StoreAssociation[];
      };
      return [
        attributes.FunctionARN ?? '',
        { code: String(properties.FunctionCode), stores: stores.map((store) => store.KeyValueStoreARN) },
      ] as const;
    }),
  );
}

function originTarget(
  plan: AssemblyPlan,
  { DomainName, OriginAccessControlId, Id }: Origin,
  s3Endpoint: string,
  functionUrls: readonly RunningFunctionUrl[],
  { cdn }: Principals,
): OriginTarget {
  const sign = (service: 's3' | 'lambda', region: string) =>
    OriginAccessControlId === undefined ? {} : { sign: { service, region, credentials: cdn } };
  const functionUrl = functionUrls.find(({ templateHost }) => templateHost === DomainName);
  if (functionUrl) return { baseUrl: functionUrl.url.replace(/\/$/, ''), ...sign('lambda', functionUrl.region) };
  const bucket = resourcesOf(plan, 'AWS::S3::Bucket').find(
    ({ ref, region }) => DomainName === `${ref}.s3.${region}.amazonaws.com`,
  );
  if (!bucket) throw new StartFault(`The origin ${Id} is at ${DomainName}, which the local cloud does not serve.`);
  return { baseUrl: `${s3Endpoint}/${bucket.ref}`, ...sign('s3', bucket.region) };
}

function webAclOf(plan: AssemblyPlan, { WebACLId }: Config, waf: WafStore): WebAcl | undefined {
  if (WebACLId === undefined) return undefined;
  const acl: PlannedResource = referredTo(resourcesOf(plan, 'AWS::WAFv2::WebACL'), WebACLId, 'The distribution');
  return createWebAcl(
    acl.properties as Config,
    { get: (arn) => waf.get('ipSets', arn) },
    { ruleGroups: { get: (arn) => waf.get('ruleGroups', arn) } },
  );
}
