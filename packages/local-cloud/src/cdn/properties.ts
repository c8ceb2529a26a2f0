import type { PropertySpec, ResourceSpec } from '../property-spec.ts';
import { POLICY_SPECS } from './policy-properties.ts';

const DESCRIPTION: PropertySpec = { ignored: 'descriptions have no effect' };
const NAME: PropertySpec = { ignored: 'names of policies and functions have no effect' };
const TLS: PropertySpec = { ignored: 'the loopback interface has no TLS' };
const CONNECTING: PropertySpec = {
  ignored: 'how connections to origins are made and kept: on the loopback interface they stand at once',
};
const TAGS: PropertySpec = { ignored: 'tags have no effect' };
const LOG_DELIVERY: PropertySpec = { ignored: 'delivery of CDN logs to their bucket' };

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
    ConnectionAttempts: CONNECTING,
    ConnectionTimeout: CONNECTING,
    CustomOriginConfig: {
      object: {
        HTTPPort: CONNECTING,
        HTTPSPort: TLS,
        IpAddressType: CONNECTING,
        OriginKeepaliveTimeout: CONNECTING,
        OriginProtocolPolicy: TLS,
        OriginReadTimeout: 'run',
        OriginSSLProtocols: TLS,
      },
    },
    DomainName: 'run',
    Id: 'run',
    OriginAccessControlId: 'run',
    OriginCustomHeaders: { list: { object: { HeaderName: 'run', HeaderValue: 'run' } } },
    OriginPath: 'run',
    OriginShield: { ignored: 'Origin Shield is a second cache of CloudFront; one machine has one' },
    ResponseCompletionTimeout: { ignored: 'how long a whole answer of an origin may take' },
    S3OriginConfig: { object: { OriginAccessIdentity: { only: [''] }, OriginReadTimeout: 'run' } },
  },
};

const ORIGIN_GROUP: PropertySpec = {
  object: {
    FailoverCriteria: { object: { StatusCodes: { object: { Items: 'run', Quantity: 'run' } } } },
    Id: 'run',
    Members: { object: { Items: { list: { object: { OriginId: 'run' } } }, Quantity: 'run' } },
    SelectionCriteria: { only: ['default'] },
  },
};

const DISTRIBUTION: PropertySpec = {
  object: {
    Aliases: { ignored: 'the host name here is localhost' },
    CacheBehaviors: { list: { object: { ...BEHAVIOUR, PathPattern: 'run' } } },
    Comment: DESCRIPTION,
    CustomErrorResponses: { list: { object: { ErrorCachingMinTTL: 'run', ErrorCode: 'run' } } },
    DefaultCacheBehavior: { object: BEHAVIOUR },
    DefaultRootObject: 'run',
    Enabled: { only: [true] },
    HttpVersion: { ignored: 'HTTP/2 and HTTP/3: the loopback interface speaks HTTP/1.1' },
    IPV6Enabled: { ignored: 'the loopback interface has both address families' },
    Logging: { ignored: 'delivery of CDN logs to their bucket' },
    OriginGroups: { object: { Items: { list: ORIGIN_GROUP }, Quantity: 'run' } },
    Origins: { list: ORIGIN },
    PriceClass: { ignored: 'edge locations and their prices' },
    Restrictions: { ignored: 'countries: nobody knows the country of an address on this machine' },
    Staging: { only: [false] },
    ViewerCertificate: TLS,
    WebACLId: 'run',
  },
};

/** What is run of CloudFront, and of the delivery of its logs. */
export const CDN_RESOURCE_SPECS: readonly ResourceSpec[] = [
  { type: 'AWS::CloudFront::Distribution', properties: { DistributionConfig: DISTRIBUTION, Tags: TAGS } },
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
      Tags: TAGS,
    },
  },
  {
    type: 'AWS::CloudFront::KeyValueStore',
    properties: {
      Comment: DESCRIPTION,
      ImportSource: { object: { SourceArn: 'run', SourceType: { only: ['S3'] } } },
      Name: NAME,
      Tags: TAGS,
    },
  },
  ...POLICY_SPECS,
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
    properties: { LogType: LOG_DELIVERY, Name: LOG_DELIVERY, ResourceArn: LOG_DELIVERY, Tags: TAGS },
  },
  {
    type: 'AWS::Logs::DeliveryDestination',
    properties: {
      DeliveryDestinationType: LOG_DELIVERY,
      DestinationResourceArn: LOG_DELIVERY,
      Name: LOG_DELIVERY,
      OutputFormat: LOG_DELIVERY,
      Tags: TAGS,
    },
  },
  {
    type: 'AWS::Logs::Delivery',
    properties: {
      DeliveryDestinationArn: LOG_DELIVERY,
      DeliverySourceName: LOG_DELIVERY,
      FieldDelimiter: LOG_DELIVERY,
      RecordFields: LOG_DELIVERY,
      S3EnableHiveCompatiblePath: LOG_DELIVERY,
      S3SuffixPath: LOG_DELIVERY,
      Tags: TAGS,
    },
  },
];
