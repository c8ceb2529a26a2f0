import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';

const HEADERS: PropertySpec = { object: { HeaderBehavior: { only: ['none', 'whitelist'] }, Headers: 'run' } };
const QUERY: PropertySpec = {
  object: { QueryStringBehavior: { only: ['none', 'whitelist', 'all'] }, QueryStrings: 'run' },
};
const NO_COOKIES: PropertySpec = { object: { CookieBehavior: { only: ['none'] } } };

const header = (value: string): PropertySpec => ({ object: { [value]: 'run', Override: 'run' } });

const RESPONSE_HEADERS: PropertySpec = {
  object: {
    Comment: TEXT_FOR_PEOPLE,
    CorsConfig: 'run',
    CustomHeadersConfig: { object: { Items: { list: { object: { Header: 'run', Override: 'run', Value: 'run' } } } } },
    Name: TEXT_FOR_PEOPLE,
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
export const POLICY_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::CloudFront::CachePolicy',
    properties: {
      CachePolicyConfig: {
        object: {
          Comment: TEXT_FOR_PEOPLE,
          DefaultTTL: 'run',
          MaxTTL: 'run',
          MinTTL: 'run',
          Name: TEXT_FOR_PEOPLE,
          ParametersInCacheKeyAndForwardedToOrigin: CACHE_KEY,
        },
      },
    },
  },
  {
    class: 'run',
    type: 'AWS::CloudFront::OriginRequestPolicy',
    properties: {
      OriginRequestPolicyConfig: {
        object: {
          Comment: TEXT_FOR_PEOPLE,
          CookiesConfig: NO_COOKIES,
          HeadersConfig: HEADERS,
          Name: TEXT_FOR_PEOPLE,
          QueryStringsConfig: QUERY,
        },
      },
    },
  },
  {
    class: 'run',
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    properties: { ResponseHeadersPolicyConfig: RESPONSE_HEADERS },
  },
];
