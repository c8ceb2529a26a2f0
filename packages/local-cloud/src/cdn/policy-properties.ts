import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const DESCRIPTION: PropertySpec = { ignored: 'descriptions have no effect' };
const NAME: PropertySpec = { ignored: 'names of policies and functions have no effect' };

const HEADERS: PropertySpec = { object: { HeaderBehavior: { only: ['none', 'whitelist'] }, Headers: 'run' } };
const QUERY: PropertySpec = {
  object: { QueryStringBehavior: { only: ['none', 'whitelist', 'all'] }, QueryStrings: 'run' },
};
const NO_COOKIES: PropertySpec = { object: { CookieBehavior: { only: ['none'] } } };

const header = (value: string): PropertySpec => ({ object: { [value]: 'run', Override: 'run' } });

const RESPONSE_HEADERS: PropertySpec = {
  object: {
    Comment: DESCRIPTION,
    CorsConfig: 'run',
    CustomHeadersConfig: { object: { Items: { list: { object: { Header: 'run', Override: 'run', Value: 'run' } } } } },
    Name: NAME,
    RemoveHeadersConfig: { object: { Items: { list: { object: { Header: 'run' } } } } },
    SecurityHeadersConfig: {
      object: {
        ContentSecurityPolicy: header('ContentSecurityPolicy'),
        ContentTypeOptions: { object: { Override: 'run' } },
        FrameOptions: header('FrameOption'),
        ReferrerPolicy: header('ReferrerPolicy'),
        StrictTransportSecurity: {
          object: { AccessControlMaxAgeSec: 'run', IncludeSubdomains: 'run', Override: 'run', Preload: 'run' },
        },
        XSSProtection: { object: { ModeBlock: 'run', Override: 'run', Protection: 'run', ReportUri: 'run' } },
      },
    },
    ServerTimingHeadersConfig: { object: { Enabled: 'run', SamplingRate: 'run' } },
  },
};

const CACHE_KEY: PropertySpec = {
  object: {
    CookiesConfig: NO_COOKIES,
    EnableAcceptEncodingBrotli: { only: [false] },
    EnableAcceptEncodingGzip: { only: [false] },
    HeadersConfig: HEADERS,
    QueryStringsConfig: QUERY,
  },
};

/** What is run of CloudFront's policies. */
export const POLICY_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::CloudFront::CachePolicy',
    properties: {
      CachePolicyConfig: {
        object: {
          Comment: DESCRIPTION,
          DefaultTTL: 'run',
          MaxTTL: 'run',
          MinTTL: 'run',
          Name: NAME,
          ParametersInCacheKeyAndForwardedToOrigin: CACHE_KEY,
        },
      },
    },
  },
  {
    type: 'AWS::CloudFront::OriginRequestPolicy',
    properties: {
      OriginRequestPolicyConfig: {
        object: {
          Comment: DESCRIPTION,
          CookiesConfig: NO_COOKIES,
          HeadersConfig: HEADERS,
          Name: NAME,
          QueryStringsConfig: QUERY,
        },
      },
    },
  },
  { type: 'AWS::CloudFront::ResponseHeadersPolicy', properties: { ResponseHeadersPolicyConfig: RESPONSE_HEADERS } },
];
