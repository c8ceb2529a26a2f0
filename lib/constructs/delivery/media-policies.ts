import { Duration } from 'aws-cdk-lib';
import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { FORWARDED_ADDRESS_HEADER } from '../../../lambda/contract/cdn-in-front.ts';
import { CACHE_TAG_HEADER, MEDIA_URL_HEADER } from '../../../lambda/contract/edge.ts';

/** An SVG or HTML original is shown, but runs nothing and loads nothing. Pictures and fonts in the file itself are shown. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox";

/**
 * Headers of storage and function that say nothing to a viewer; CloudFront lets these be removed. The cache tags are among
 * them, because the viewer-response function does not run on errors.
 */
const REMOVED_HEADERS = [
  CACHE_TAG_HEADER,
  'Server',
  'x-amz-id-2',
  'x-amz-request-id',
  'x-amz-server-side-encryption',
  'x-amz-version-id',
  'x-amzn-trace-id',
];

/** As CloudFront spells it; the edge function reads it in lower case (`VIEWER_COUNTRY_HEADER`). */
const VIEWER_COUNTRY = 'CloudFront-Viewer-Country';

/** The transformer counts renders by it (`VIEWER_ADDRESS_HEADER`). */
const VIEWER_ADDRESS = 'CloudFront-Viewer-Address';

/**
 * Another CDN keeps nothing of media: it would answer without asking whether a signature has ended or a rule refuses
 * (RFC 9213, "Targeted HTTP Cache Control"; the older name is Fastly's and Akamai's).
 */
const NOT_KEPT_IN_FRONT: readonly ResponseCustomHeader[] = ['CDN-Cache-Control', 'Surrogate-Control'].map((header) => ({
  ...{ header, value: 'no-store', override: true },
}));

/** What CloudFront keeps, sends on, and adds, for media. */
export class MediaPolicies extends Construct {
  readonly cache: CachePolicy;
  readonly originRequest: OriginRequestPolicy;
  readonly responseHeaders: ResponseHeadersPolicy;

  /** @param isBehindCdn another CDN is in front */
  constructor(scope: Construct, id: string, { isBehindCdn = false } = {}) {
    super(scope, id);
    this.cache = this.#cacheByPath();
    this.originRequest = this.#sendMediaUrl(isBehindCdn ? [FORWARDED_ADDRESS_HEADER] : []);
    this.responseHeaders = this.#addHeaders(isBehindCdn ? NOT_KEPT_IN_FRONT : []);
  }

  /** The edge function rewrote the path to the variant's identity; everything else would only split the cache. */
  #cacheByPath(): CachePolicy {
    return new CachePolicy(this, 'Cache', {
      comment: 'By the path of the variant alone',
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      queryStringBehavior: CacheQueryStringBehavior.none(),
      enableAcceptEncodingBrotli: false,
      enableAcceptEncodingGzip: false,
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.days(1),
      maxTtl: Duration.days(365),
    });
  }

  #sendMediaUrl(more: readonly string[]): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'OriginRequest', {
      comment:
        'The asked URL, in the header that the edge function sets; the country, for that function; the address, for the transformer',
      headerBehavior: OriginRequestHeaderBehavior.allowList(MEDIA_URL_HEADER, VIEWER_COUNTRY, VIEWER_ADDRESS, ...more),
      cookieBehavior: OriginRequestCookieBehavior.none(),
      queryStringBehavior: OriginRequestQueryStringBehavior.none(),
    });
  }

  /** Media are public to scripts of every origin, without credentials (Fetch standard, "CORS protocol"). */
  #addHeaders(more: readonly ResponseCustomHeader[]): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      comment: 'Media may be used by every page and run nothing',
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowOrigins: ['*'],
        accessControlExposeHeaders: ['*'],
        accessControlMaxAge: Duration.days(1),
        originOverride: true,
      },
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
        contentTypeOptions: { override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: false,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [{ header: 'Timing-Allow-Origin', value: '*', override: true }, ...more],
      },
      removeHeaders: REMOVED_HEADERS,
      serverTimingSamplingRate: 100,
    });
  }
}
