import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const DESCRIPTION: PropertySpec = { ignored: 'descriptions have no effect' };
const NAME: PropertySpec = { ignored: 'names of policies and functions have no effect' };
const TLS: PropertySpec = { ignored: 'the loopback interface has no TLS' };
const TIMEOUT: PropertySpec = { ignored: 'time limits between the CDN and its origins' };
const LOG_DELIVERY: PropertySpec = { ignored: 'delivery of CDN logs to their bucket' };

const HEADERS: PropertySpec = { object: { HeaderBehavior: { only: ['none', 'whitelist'] }, Headers: 'run' } };
const QUERY: PropertySpec = {
  object: { QueryStringBehavior: { only: ['none', 'whitelist', 'all'] }, QueryStrings: 'run' },
};
const NO_COOKIES: PropertySpec = { object: { CookieBehavior: { only: ['none'] } } };

const BEHAVIOUR: Readonly<Record<string, PropertySpec>> = {
  AllowedMethods: 'run',
  CachedMethods: { only: [['GET', 'HEAD']] },
  CachePolicyId: 'run',
  Compress: { only: [false] },
  FunctionAssociations: {
    list: { object: { EventType: { only: ['viewer-request', 'viewer-response'] }, FunctionARN: 'run' } },
  },
  OriginRequestPolicyId: 'run',
  ResponseHeadersPolicyId: 'run',
  TargetOriginId: 'run',
  ViewerProtocolPolicy: TLS,
};

const ORIGIN: PropertySpec = {
  object: {
    ConnectionAttempts: TIMEOUT,
    ConnectionTimeout: TIMEOUT,
    CustomOriginConfig: {
      object: {
        HTTPSPort: TLS,
        OriginKeepaliveTimeout: TIMEOUT,
        OriginProtocolPolicy: TLS,
        OriginReadTimeout: TIMEOUT,
        OriginSSLProtocols: TLS,
      },
    },
    DomainName: 'run',
    Id: 'run',
    OriginAccessControlId: 'run',
    S3OriginConfig: { object: { OriginAccessIdentity: { only: [''] } } },
  },
};

const ORIGIN_GROUP: PropertySpec = {
  object: {
    FailoverCriteria: { object: { StatusCodes: { object: { Items: 'run', Quantity: 'run' } } } },
    Id: 'run',
    Members: { object: { Items: { list: { object: { OriginId: 'run' } } }, Quantity: 'run' } },
  },
};

const DISTRIBUTION: PropertySpec = {
  object: {
    Aliases: { ignored: 'the host name here is localhost' },
    CacheBehaviors: { list: { object: { ...BEHAVIOUR, PathPattern: 'run' } } },
    Comment: DESCRIPTION,
    DefaultCacheBehavior: { object: BEHAVIOUR },
    Enabled: { only: [true] },
    HttpVersion: { ignored: 'HTTP/2 and HTTP/3: the loopback interface speaks HTTP/1.1' },
    IPV6Enabled: { ignored: 'the loopback interface has both address families' },
    OriginGroups: { object: { Items: { list: ORIGIN_GROUP }, Quantity: 'run' } },
    Origins: { list: ORIGIN },
    PriceClass: { ignored: 'edge locations and their prices' },
    ViewerCertificate: TLS,
    WebACLId: 'run',
  },
};

const RESPONSE_HEADERS: PropertySpec = {
  object: {
    Comment: DESCRIPTION,
    CorsConfig: {
      object: {
        AccessControlAllowCredentials: { only: [false] },
        AccessControlAllowHeaders: { ignored: 'preflights are answered by the viewer-request function' },
        AccessControlAllowMethods: { ignored: 'preflights are answered by the viewer-request function' },
        AccessControlAllowOrigins: { only: [{ Items: ['*'] }] },
        AccessControlExposeHeaders: 'run',
        AccessControlMaxAgeSec: { ignored: 'preflights are answered by the viewer-request function' },
        OriginOverride: { only: [true] },
      },
    },
    CustomHeadersConfig: {
      object: { Items: { list: { object: { Header: 'run', Override: { only: [true] }, Value: 'run' } } } },
    },
    Name: NAME,
    RemoveHeadersConfig: { object: { Items: { list: { object: { Header: 'run' } } } } },
    SecurityHeadersConfig: {
      object: {
        ContentSecurityPolicy: { object: { ContentSecurityPolicy: 'run', Override: { only: [true] } } },
        ContentTypeOptions: { object: { Override: { only: [true] } } },
        StrictTransportSecurity: {
          object: {
            AccessControlMaxAgeSec: 'run',
            IncludeSubdomains: 'run',
            Override: { only: [true] },
            Preload: 'run',
          },
        },
      },
    },
    ServerTimingHeadersConfig: { object: { Enabled: 'run', SamplingRate: { only: [100] } } },
  },
};

/** What is run of CloudFront. */
export const CDN_RESOURCE_SPECS: readonly ResourceSpec[] = [
  { type: 'AWS::CloudFront::Distribution', properties: { DistributionConfig: DISTRIBUTION } },
  {
    type: 'AWS::CloudFront::Function',
    properties: {
      AutoPublish: { only: [true] },
      FunctionCode: 'run',
      FunctionConfig: {
        object: {
          Comment: DESCRIPTION,
          KeyValueStoreAssociations: { list: { object: { KeyValueStoreARN: 'run' } } },
          Runtime: { only: ['cloudfront-js-2.0'] },
        },
      },
      Name: NAME,
    },
  },
  {
    type: 'AWS::CloudFront::KeyValueStore',
    properties: {
      Comment: DESCRIPTION,
      ImportSource: { object: { SourceArn: 'run', SourceType: { only: ['S3'] } } },
      Name: NAME,
    },
  },
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
          ParametersInCacheKeyAndForwardedToOrigin: {
            object: {
              CookiesConfig: NO_COOKIES,
              EnableAcceptEncodingBrotli: { only: [false] },
              EnableAcceptEncodingGzip: { only: [false] },
              HeadersConfig: HEADERS,
              QueryStringsConfig: QUERY,
            },
          },
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
  {
    type: 'AWS::CloudFront::OriginAccessControl',
    properties: {
      OriginAccessControlConfig: {
        object: {
          Description: DESCRIPTION,
          Name: NAME,
          OriginAccessControlOriginType: { only: ['s3', 'lambda'] },
          SigningBehavior: { only: ['always'] },
          SigningProtocol: { only: ['sigv4'] },
        },
      },
    },
  },
  {
    type: 'AWS::Logs::DeliverySource',
    properties: { LogType: LOG_DELIVERY, Name: LOG_DELIVERY, ResourceArn: LOG_DELIVERY },
  },
  {
    type: 'AWS::Logs::DeliveryDestination',
    properties: {
      DestinationResourceArn: LOG_DELIVERY,
      Name: LOG_DELIVERY,
      OutputFormat: LOG_DELIVERY,
    },
  },
  {
    type: 'AWS::Logs::Delivery',
    properties: {
      DeliveryDestinationArn: LOG_DELIVERY,
      DeliverySourceName: LOG_DELIVERY,
      RecordFields: LOG_DELIVERY,
      S3EnableHiveCompatiblePath: LOG_DELIVERY,
      S3SuffixPath: LOG_DELIVERY,
    },
  },
];
