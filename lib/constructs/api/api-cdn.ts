import { Duration } from 'aws-cdk-lib';
import type { BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
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
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { DASHBOARD_ASSETS_PATH, DASHBOARD_PATH } from '../../../lambda/contract/dashboard.ts';
import { UPLOAD_PATHS, UPLOAD_V2_PATH } from '../../../lambda/contract/routes.ts';
import { API_ORIGIN_ID, UPLOAD_ORIGIN_ID } from '../../../lambda/contract/streamed-upload.ts';
import type { OwnDomain } from '../../config/domains.ts';
import { OwnHosts } from '../edge/own-hosts.ts';

/** From the end of a body: the API makes a file of it (AWS, "Quotas on general limits": 120 seconds unless asked for more). */
const UPLOAD_READ_TIMEOUT = Duration.seconds(120);

/** An HTTP API waits 30 seconds; its answer is the one that counts. */
const READ_TIMEOUT = Duration.seconds(35);

/**
 * Every error that CloudFront would keep for ten seconds if nobody said otherwise, by its path alone: one caller's 403 or
 * 404 would be everybody's (AWS, "Control how long CloudFront caches errors").
 */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export interface LargeUploadOrigin {
  /** Host of the receiver. */
  readonly host: string;
  /** What the distribution adds to each request. */
  readonly headers: Record<string, string>;
  /** Script of the function that runs before it. */
  readonly requestCode: string;
}

export interface ApiCdnProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Host of the HTTP API. */
  readonly apiHost: string;
  /** Script of the function that runs before the API. */
  readonly requestCode: string;
  /** Receives uploads of any size. @default the API alone, which holds small ones */
  readonly uploads?: LargeUploadOrigin | undefined;
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
  /** @default the distribution has its own host alone */
  readonly ownHosts: OwnHosts | undefined;

  constructor(scope: Construct, id: string, props: ApiCdnProps) {
    super(scope, id);
    const { deployment, apiHost, requestCode, uploads, webAclArn, domain } = props;
    const origin = new HttpOrigin(apiHost, { originId: API_ORIGIN_ID, readTimeout: READ_TIMEOUT });
    const responseHeadersPolicy = this.#headers();
    // A redirect would have sent the key in the clear already.
    const viewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY;
    const calls = {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy,
      compress: false,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // API Gateway and Lambda answer their own hosts only.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy,
    };
    const functionAssociations = [before(this.#request(requestCode))];
    // A person types the host alone, and sends nothing that a redirect could come too late for.
    const page = {
      ...calls,
      origin,
      functionAssociations,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
    this.ownHosts = domain && new OwnHosts(this, 'Hosts', domain);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `API of ${deployment}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      defaultBehavior: { ...calls, origin, functionAssociations },
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
        '/': page,
        [`${DASHBOARD_PATH}*`]: page,
        ...(uploads && this.#uploadBehaviors(uploads, calls)),
      },
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...this.ownHosts?.distributionProps,
    });
    this.ownHosts?.pointTo(this.distribution);
    this.host = domain?.name ?? this.distribution.distributionDomainName;
  }

  /** The paths of uploads. Their function sends on to the API what the API can hold. */
  #uploadBehaviors(
    { host, headers, requestCode }: LargeUploadOrigin,
    calls: Omit<BehaviorOptions, 'origin'>,
  ): Record<string, BehaviorOptions> {
    const origin = new HttpOrigin(host, {
      originId: UPLOAD_ORIGIN_ID,
      customHeaders: headers,
      readTimeout: UPLOAD_READ_TIMEOUT,
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    });
    const choose = new CloudFrontFunction(this, 'UploadRequest', {
      comment: 'Chooses who takes an upload, by its size',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(requestCode),
    });
    const behavior = { ...calls, origin, functionAssociations: [before(choose)] };
    return Object.fromEntries([...UPLOAD_PATHS, UPLOAD_V2_PATH].map((path) => [path, behavior]));
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

const before = (fn: CloudFrontFunction) => ({ eventType: FunctionEventType.VIEWER_REQUEST, function: fn });
