import { Lazy, Stack } from 'aws-cdk-lib';
import type { CfnDistribution, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import {
  AllowedMethods,
  CachedMethods,
  Distribution,
  HttpVersion,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { OriginGroup } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { CACHE_TAG_HEADER, FALLBACK_STATUS_CODES } from '../../../lambda/contract/edge.ts';
import type { MediaDomain } from '../../config/domains.ts';
import { OwnHosts } from '../edge/own-hosts.ts';
import type { ViewerFunctions } from '../edge/viewer-functions.ts';
import { MediaPolicies } from './media-policies.ts';
import type { MediaRegion } from './region-origins.ts';
import { RegionOrigins } from './region-origins.ts';

export interface MediaCdnProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** The first is home; the others are asked by the viewer-request function. */
  readonly regions: readonly [MediaRegion, ...MediaRegion[]];
  readonly viewerFunctions: ViewerFunctions;
  /** @default no web ACL */
  readonly webAclArn: string | undefined;
  /** Another CDN is in front. @default false */
  readonly isBehindCdn?: boolean;
  /** @default the distribution's own host */
  readonly domain?: MediaDomain | undefined;
}

/** The distribution that delivers media: stored variants first, the transformer for what is not there. */
export class MediaCdn extends Construct {
  readonly distribution: Distribution;
  /** Host under which media are delivered. */
  readonly mediaHost: string;
  /** @default the distribution has its own host alone */
  readonly ownHosts: OwnHosts | undefined;

  constructor(scope: Construct, id: string, props: MediaCdnProps) {
    super(scope, id);
    const policies = new MediaPolicies(this, 'Policies', { isBehindCdn: props.isBehindCdn ?? false });
    const [home, ...others] = props.regions;
    const origins = new RegionOrigins(this, 'Origins', { deployment: props.deployment });
    this.ownHosts = props.domain && new OwnHosts(this, 'Hosts', props.domain);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Media of ${props.deployment}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(props.webAclArn !== undefined && { webAclId: props.webAclArn }),
      defaultBehavior: {
        origin: new OriginGroup({
          primaryOrigin: origins.variants(home),
          fallbackOrigin: origins.transformer(home),
          fallbackStatusCodes: FALLBACK_STATUS_CODES,
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachedMethods: CachedMethods.CACHE_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        compress: false,
        cachePolicy: policies.cache,
        originRequestPolicy: policies.originRequest,
        responseHeadersPolicy: policies.responseHeaders,
        functionAssociations: props.viewerFunctions.associations,
      },
      ...this.ownHosts?.distributionProps,
    });
    this.ownHosts?.pointTo(this.distribution);
    this.#readCacheTags();
    this.#addOrigins([
      ...others.flatMap((region) => [origins.variants(region), origins.transformer(region)]),
      ...props.regions.flatMap((region) => origins.fallback(region)),
    ]);
    this.mediaHost = props.domain?.name ?? this.distribution.distributionDomainName;
  }

  /** The CDK's own `Distribution` has the origins of its behaviours and no others. */
  #addOrigins(origins: readonly IOrigin[]): void {
    if (origins.length === 0) return;
    const resource = this.distribution.node.defaultChild as CfnDistribution;
    const config = resource.distributionConfig as CfnDistribution.DistributionConfigProperty;
    const more = origins.map((origin, index) => bound(new Construct(this, `Origin${index + 1}`), origin));
    resource.distributionConfig = {
      ...config,
      origins: Lazy.any({ produce: () => [...(Stack.of(this).resolve(config.origins) as object[]), ...more] }),
    };
  }

  /** Not yet known to the CDK's own `Distribution`. */
  #readCacheTags(): void {
    const resource = this.distribution.node.defaultChild as CfnDistribution;
    resource.addPropertyOverride('DistributionConfig.CacheTagConfig', { HeaderName: CACHE_TAG_HEADER });
  }
}

/** An origin as the distribution's resource has it. */
function bound(scope: Construct, origin: IOrigin): CfnDistribution.OriginProperty {
  const { originProperty } = origin.bind(scope, { originId: scope.node.id });
  if (!originProperty) throw new Error('An origin of a region has no properties.');
  return originProperty;
}
