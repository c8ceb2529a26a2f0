import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { DASHBOARD_ASSETS_PATH } from '../../../lambda/contract/dashboard.ts';
import type { OwnDomain } from '../../config/config.ts';
import { ownDomain } from '../edge/own-domain.ts';

/** An HTTP API waits 30 seconds; its answer is the one that counts. */
const READ_TIMEOUT = Duration.seconds(35);

/**
 * Every error that CloudFront would keep for ten seconds if nobody said otherwise, by its path alone: one caller's 403 or
 * 404 would be everybody's (AWS, "Control how long CloudFront caches errors").
 */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export interface ApiCdnProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Host of the HTTP API. */
  readonly apiHost: string;
  /** Script of the function that runs before the API. */
  readonly requestCode: string;
  /** @default no web ACL */
  readonly webAclArn: string | undefined;
  /** @default the distribution's own host */
  readonly domain?: OwnDomain | undefined;
}

/**
 * The API's own host: a distribution that caches nothing but the dashboard's files. Media are on another host, so that what users upload never
 * shares an origin with a session of the dashboard.
 */
export class ApiCdn extends Construct {
  readonly distribution: Distribution;
  /** Host by which the API is called. */
  readonly host: string;

  constructor(scope: Construct, id: string, { deployment, apiHost, requestCode, webAclArn, domain }: ApiCdnProps) {
    super(scope, id);
    const origin = new HttpOrigin(apiHost, { readTimeout: READ_TIMEOUT });
    const responseHeadersPolicy = this.#headers();
    // A redirect would have sent the key in the clear already.
    const viewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `API of ${deployment}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      defaultBehavior: {
        origin,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy,
        compress: false,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway answers its own host only.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.#request(requestCode) }],
        responseHeadersPolicy,
      },
      additionalBehaviors: {
        // One page loads a score of them at once, each of which would otherwise be a call of the function.
        [`${DASHBOARD_ASSETS_PATH}*`]: {
          origin,
          viewerProtocolPolicy,
          // They are compressed already, better than CloudFront does it in passing; the policy asks for them so.
          compress: false,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy,
        },
      },
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...ownDomain(this, domain),
    });
    this.host = domain?.name ?? this.distribution.distributionDomainName;
  }

  #request(code: string): CloudFrontFunction {
    return new CloudFrontFunction(this, 'Request', {
      comment: 'Refuses what is too large for the API, and says the limit',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
    });
  }

  #headers(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      comment: 'HTTPS for a year, no sniffing, no frames',
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: false,
          override: true,
        },
      },
    });
  }
}
