import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { referredTo } from '../../assembly/planned.ts';
import type { StartingCloud } from '../../service/starting-cloud.ts';
import { StartFault } from '../../start-fault.ts';
import { METRICS } from '../cloudwatch/service.ts';
import { FUNCTION_URLS } from '../function-url/service.ts';
import { HTTP_APIS } from '../http-api/service.ts';
import { KEY_VALUE_STORES } from '../key-value-store/service.ts';
import { S3_ENDPOINT } from '../s3/service.ts';
import { SECRETS } from '../secrets-manager/service.ts';
import { WAF } from '../waf/service.ts';
import { createWebAcl, type WebAcl } from '../waf/web-acl.ts';
import { WEB_FUNCTIONS } from '../web-function/service.ts';
import { type Cdn, createCdn } from './cdn.ts';
import { countTraffic } from './count-traffic.ts';
import type { OriginTarget } from './origin-client.ts';

type Config = Record<string, unknown>;

interface OriginConfig {
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
}

interface Origin extends OriginConfig {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginAccessControlId?: string;
}

export interface RunningDistribution {
  readonly id: string;
  readonly logicalId: string;
  readonly cdn: Cdn;
  /** Rules of the web ACL that only AWS can evaluate. */
  readonly rulesNotEvaluated: readonly string[];
}

/** The distribution with everything that it names. @throws StartFault for an origin that is not on this machine */
export function makeDistribution(distribution: PlannedResource, cloud: StartingCloud): RunningDistribution {
  const { viewerAddress, viewerCountry, viewerResponseSees, log } = cloud;
  const config = withSecrets(distribution.properties.DistributionConfig as Config, cloud);
  const webAcl = webAclOf(config, cloud);
  const cdn = createCdn({
    distributionId: distribution.ref,
    distribution: config,
    cachePolicies: policies(cloud, 'AWS::CloudFront::CachePolicy', 'CachePolicyConfig'),
    originRequestPolicies: policies(cloud, 'AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig'),
    responseHeadersPolicies: policies(cloud, 'AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig'),
    functions: edgeFunctions(cloud),
    keyValueStores: cloud.need(KEY_VALUE_STORES),
    origins: new Map((config.Origins as readonly Origin[]).map((origin) => [origin.Id, originTarget(origin, cloud)])),
    log,
    countTraffic: countTraffic(cloud.need(METRICS), distribution.ref),
    viewerAddress,
    viewerResponseSees,
    isCut: cloud.faults && ((region) => cloud.faults?.isCut(region) ?? false),
    ...(viewerCountry !== undefined && { viewerCountry }),
    ...(webAcl && { webAcl }),
  });
  return {
    id: distribution.ref,
    logicalId: distribution.logicalId,
    cdn,
    rulesNotEvaluated: webAcl?.notEvaluated ?? [],
  };
}

/** A dynamic reference to the whole text of a secret ("Get a secret or secret value from Secrets Manager"). */
const SECRET_REFERENCE = /^\{\{resolve:secretsmanager:(.+):SecretString:::\}\}$/;

/** What CloudFormation would put in place of the references in headers of origins. @throws StartFault for a secret that is not there */
function withSecrets(config: Config, cloud: StartingCloud): Config {
  const origins = (config.Origins as readonly OriginConfig[]).map(({ OriginCustomHeaders, ...origin }) => ({
    ...origin,
    ...(OriginCustomHeaders && {
      OriginCustomHeaders: OriginCustomHeaders.map((header) => ({
        ...header,
        HeaderValue: secretValue(header.HeaderValue, cloud),
      })),
    }),
  }));
  return { ...config, Origins: origins };
}

function secretValue(value: string, cloud: StartingCloud): string {
  const id = SECRET_REFERENCE.exec(value)?.[1];
  if (id === undefined) return value;
  const found = cloud.need(SECRETS).find(id);
  if (!found) throw new StartFault(`The distribution or its web ACL refers to the secret ${id}, which no stack has.`);
  return found.value;
}

/** The same of every text within a value. */
function withSecretTexts(value: unknown, cloud: StartingCloud): unknown {
  if (typeof value === 'string') return secretValue(value, cloud);
  if (Array.isArray(value)) return value.map((one) => withSecretTexts(one, cloud));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withSecretTexts(one, cloud)]));
}

function policies(cloud: StartingCloud, type: string, property: string): Map<string, Config> {
  return new Map(cloud.resources(type).map(({ ref, properties }) => [ref, properties[property] as Config]));
}

interface StoreAssociation {
  readonly KeyValueStoreARN: string;
}

function edgeFunctions(cloud: StartingCloud) {
  return new Map(
    cloud.resources('AWS::CloudFront::Function').map(({ attributes, properties }) => {
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

function originTarget({ DomainName, OriginAccessControlId, Id }: Origin, cloud: StartingCloud): OriginTarget {
  const sign = (service: 's3' | 'lambda', region: string) =>
    OriginAccessControlId === undefined ? {} : { sign: { service, region, credentials: cloud.principals.cdn } };
  const functionUrl = cloud.need(FUNCTION_URLS).find(({ templateHost }) => templateHost === DomainName);
  if (functionUrl) {
    const { region, url } = functionUrl;
    return { baseUrl: url.replace(/\/$/, ''), region, ...sign('lambda', region) };
  }
  const webFunction = cloud.need(WEB_FUNCTIONS).find(({ templateHost }) => templateHost === DomainName);
  if (webFunction) return { baseUrl: webFunction.url, region: webFunction.region };
  const httpApi = cloud.need(HTTP_APIS).find(({ templateHost }) => templateHost === DomainName);
  if (httpApi) return { baseUrl: httpApi.url, region: httpApi.region };
  const bucket = cloud
    .resources('AWS::S3::Bucket')
    .find(({ ref, region }) => DomainName === `${ref}.s3.${region}.amazonaws.com`);
  if (!bucket) throw new StartFault(`The origin ${Id} is at ${DomainName}, which the local cloud does not serve.`);
  const { region } = bucket;
  return { baseUrl: `${cloud.need(S3_ENDPOINT)}/${bucket.ref}`, region, ...sign('s3', region) };
}

function webAclOf({ WebACLId }: Config, cloud: StartingCloud): WebAcl | undefined {
  if (WebACLId === undefined) return undefined;
  const acl: PlannedResource = referredTo(cloud.resources('AWS::WAFv2::WebACL'), WebACLId, 'The distribution');
  const waf = cloud.need(WAF);
  return createWebAcl(
    withSecretTexts(acl.properties, cloud) as Config,
    { get: (arn) => waf.get('ipSets', arn) },
    { ruleGroups: { get: (arn) => waf.get('ruleGroups', arn) } },
  );
}
