import { NO_TLS, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';
import { FAILOVER_CODES } from './failover-codes.ts';
import { POLICY_RESOURCE_TYPES } from './policy-properties.ts';

const CONNECTING: PropertySpec = {
  ignored: 'Connections on the loopback interface stand at once.',
};

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
  ViewerProtocolPolicy: NO_TLS,
};

const ORIGIN: PropertySpec = {
  object: {
    ConnectionAttempts: CONNECTING,
    ConnectionTimeout: CONNECTING,
    CustomOriginConfig: {
      object: {
        HTTPPort: CONNECTING,
        HTTPSPort: NO_TLS,
        IpAddressType: CONNECTING,
        OriginKeepaliveTimeout: CONNECTING,
        OriginProtocolPolicy: NO_TLS,
        OriginReadTimeout: 'run',
        OriginSSLProtocols: NO_TLS,
      },
    },
    DomainName: 'run',
    Id: 'run',
    OriginAccessControlId: 'run',
    OriginCustomHeaders: { list: { object: { HeaderName: 'run', HeaderValue: 'run' } } },
    OriginPath: 'run',
    OriginShield: { ignored: 'Origin Shield is a second cache of CloudFront; this machine has one.' },
    ResponseCompletionTimeout: { ignored: 'An answer of an origin may take as long as it wants here.' },
    S3OriginConfig: { object: { OriginAccessIdentity: { only: [''] }, OriginReadTimeout: 'run' } },
  },
};

/** Statuses that may have a custom error response (AWS, "Create a custom error page for specific HTTP status codes"). */
const ERROR_CODES = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

const ORIGIN_GROUP: PropertySpec = {
  object: {
    FailoverCriteria: {
      object: { StatusCodes: { object: { Items: { list: { only: FAILOVER_CODES } }, Quantity: 'run' } } },
    },
    Id: 'run',
    Members: { object: { Items: { list: { object: { OriginId: 'run' } } }, Quantity: 'run' } },
    SelectionCriteria: { only: ['default'] },
  },
};

const DISTRIBUTION: PropertySpec = {
  object: {
    Aliases: 'run',
    CacheTagConfig: { object: { HeaderName: 'run' } },
    CacheBehaviors: { list: { object: { ...BEHAVIOUR, PathPattern: 'run' } } },
    Comment: TEXT_FOR_PEOPLE,
    CustomErrorResponses: { list: { object: { ErrorCachingMinTTL: 'run', ErrorCode: { only: ERROR_CODES } } } },
    DefaultCacheBehavior: { object: BEHAVIOUR },
    DefaultRootObject: 'run',
    Enabled: { only: [true] },
    HttpVersion: { ignored: 'The loopback interface speaks HTTP/1.1.' },
    IPV6Enabled: { ignored: 'The loopback interface has both address families.' },
    Logging: { ignored: 'Logs of the distribution are not delivered on this machine.' },
    OriginGroups: { object: { Items: { list: ORIGIN_GROUP }, Quantity: 'run' } },
    Origins: { list: ORIGIN },
    PriceClass: { ignored: 'Edge locations and their prices are AWS’s.' },
    Restrictions: { ignored: 'Nobody knows the country of an address on this machine.' },
    Staging: { only: [false] },
    ViewerCertificate: NO_TLS,
    WebACLId: 'run',
  },
};

/** What is run of CloudFront, and of the delivery of its logs. */
export const CLOUDFRONT_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::CloudFront::Distribution',
    references: ({ logicalId }, name, { distribution }) => ({
      ref: name,
      attributes: { DomainName: distribution(logicalId) },
    }),
    properties: { DistributionConfig: DISTRIBUTION, Tags: TEXT_FOR_PEOPLE },
  },
  {
    class: 'run',
    type: 'AWS::CloudFront::Function',
    references: (_, name) => {
      const arn = localArn('cloudfront', '', `function/${name}`);
      return { ref: arn, attributes: { FunctionARN: arn } };
    },
    properties: {
      AutoPublish: { only: [true] },
      FunctionCode: 'run',
      FunctionConfig: {
        object: {
          Comment: TEXT_FOR_PEOPLE,
          KeyValueStoreAssociations: { list: { object: { KeyValueStoreARN: 'run' } } },
          Runtime: { only: ['cloudfront-js-2.0'] },
        },
      },
      Name: TEXT_FOR_PEOPLE,
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  ...POLICY_RESOURCE_TYPES,
  {
    class: 'run',
    type: 'AWS::CloudFront::OriginAccessControl',
    references: (_, name) => ({ ref: name, attributes: { Id: name } }),
    properties: {
      OriginAccessControlConfig: {
        object: {
          Description: TEXT_FOR_PEOPLE,
          Name: TEXT_FOR_PEOPLE,
          OriginAccessControlOriginType: { only: ['s3', 'lambda'] },
          SigningBehavior: { only: ['always'] },
          SigningProtocol: { only: ['sigv4'] },
        },
      },
    },
  },
];
