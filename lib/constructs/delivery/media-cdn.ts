import { Duration, Stack } from 'aws-cdk-lib';
import type { CfnDistribution, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import {
  AllowedMethods,
  CachedMethods,
  Distribution,
  FunctionUrlOriginAccessControl,
  HttpVersion,
  PriceClass,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CACHE_TAG_HEADER } from '../../../lambda/contract/edge.ts';
import type { MediaDomain } from '../../config/config.ts';
import { ownDomain } from '../edge/own-domain.ts';
import type { ViewerFunctions } from '../edge/viewer-functions.ts';
import { variantsBucketName } from '../storage/variants-bucket.ts';
import { MediaPolicies } from './media-policies.ts';

/**
 * Answers of the bucket after which CloudFront asks the transformer: 403 is S3's word for "not there" without the right to
 * list, 400 comes for header sections above 8 KB, the rest are S3's own troubles.
 */
const FALLBACK_STATUS_CODES = [400, 403, 404, 500, 502, 503, 504];

/** Longer than the transformer's own time, so that its answer is the one that counts. */
const TRANSFORMER_READ_TIMEOUT = Duration.seconds(35);

export interface MediaCdnProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Region of the variants bucket and the transformer. */
  readonly homeRegion: string;
  /** Host of the transformer's function URL. */
  readonly transformerHost: string;
  readonly viewerFunctions: ViewerFunctions;
  /** @default no web ACL */
  readonly webAclArn: string | undefined;
  /** @default the distribution's own host */
  readonly domain?: MediaDomain | undefined;
}

/** The distribution that delivers media: stored variants first, the transformer for what is not there. */
export class MediaCdn extends Construct {
  readonly distribution: Distribution;
  /** Host under which media are delivered. */
  readonly mediaHost: string;

  constructor(scope: Construct, id: string, props: MediaCdnProps) {
    super(scope, id);
    const policies = new MediaPolicies(this, 'Policies');
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Media of ${props.deployment}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(props.webAclArn !== undefined && { webAclId: props.webAclArn }),
      defaultBehavior: {
        origin: new OriginGroup({
          primaryOrigin: this.#variantsOrigin(props),
          fallbackOrigin: this.#transformerOrigin(props),
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
      ...ownDomain(this, props.domain),
    });
    this.#readCacheTags();
    this.mediaHost = props.domain?.name ?? this.distribution.distributionDomainName;
  }

  /** By name: the bucket's own policy lets the distribution in, from the stack where the bucket is. */
  #variantsOrigin(props: MediaCdnProps): IOrigin {
    const { account } = Stack.of(this);
    const bucket = Bucket.fromBucketAttributes(this, 'Variants', {
      bucketName: variantsBucketName(props.deployment, props.homeRegion),
      account,
      region: props.homeRegion,
    });
    const control = new S3OriginAccessControl(this, 'VariantsAccess', { description: 'Stored variants' });
    return S3BucketOrigin.withBucketDefaults(bucket, { originAccessControlId: control.originAccessControlId });
  }

  /** By host, not by function: `FunctionUrlOrigin` would put the function's permissions here, and those are regional. */
  #transformerOrigin(props: MediaCdnProps): IOrigin {
    const control = new FunctionUrlOriginAccessControl(this, 'TransformerAccess', { description: 'Transformer' });
    return new HttpOrigin(props.transformerHost, {
      originAccessControlId: control.originAccessControlId,
      readTimeout: TRANSFORMER_READ_TIMEOUT,
    });
  }

  /** Not yet known to the CDK's own `Distribution`. */
  #readCacheTags(): void {
    const resource = this.distribution.node.defaultChild as CfnDistribution;
    resource.addPropertyOverride('DistributionConfig.CacheTagConfig', { HeaderName: CACHE_TAG_HEADER });
  }
}
