import { NO_IAM, NO_METRICS, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';
import type { BucketConfiguration, CorsRule, ExpirationRule, ReplicationRule } from './configuration.ts';
import { LOCK_MODES, type Retention } from './object-lock.ts';

const ON_YOUR_DISK = { ignored: 'Blobs lie on your own disk, which encrypts them or does not.' } as const;
const NO_PUBLIC = {
  ignored: 'The server answers signed requests on this machine only; there is no public access.',
} as const;
const ONE_OWNER = {
  ignored: 'Every object belongs to the one account of this machine, and access lists are refused.',
} as const;
const ONE_CLASS = { ignored: 'All storage classes are the same disk here.' } as const;

const LIFECYCLE_RULE: PropertySpec = {
  object: {
    Id: TEXT_FOR_PEOPLE,
    Status: { only: ['Enabled', 'Disabled'] },
    Prefix: 'run',
    ExpirationInDays: 'run',
    ExpiredObjectDeleteMarker: {
      ignored: 'A delete marker with nothing behind it takes no space worth clearing here.',
    },
    AbortIncompleteMultipartUpload: { object: { DaysAfterInitiation: 'run' } },
    NoncurrentVersionExpiration: { object: { NoncurrentDays: 'run' } },
    NoncurrentVersionExpirationInDays: 'run',
    Transitions: ONE_CLASS,
    NoncurrentVersionTransitions: ONE_CLASS,
  },
};

const CORS_RULE: PropertySpec = {
  object: {
    Id: TEXT_FOR_PEOPLE,
    AllowedOrigins: 'run',
    AllowedMethods: 'run',
    AllowedHeaders: 'run',
    ExposedHeaders: 'run',
    MaxAge: 'run',
  },
};

const STATUS: PropertySpec = { object: { Status: { only: ['Enabled', 'Disabled'] } } };
const AT_ONCE = { ignored: 'Versions are replicated at once here, unless a fault says otherwise.' } as const;

const REPLICATION_RULE: PropertySpec = {
  object: {
    Id: TEXT_FOR_PEOPLE,
    Status: { only: ['Enabled', 'Disabled'] },
    Priority: { ignored: 'Prefixes of rules do not overlap here.' },
    Filter: { object: { Prefix: 'run' } },
    DeleteMarkerReplication: STATUS,
    Destination: {
      object: {
        Bucket: 'run',
        Account: ONE_OWNER,
        AccessControlTranslation: ONE_OWNER,
        Metrics: NO_METRICS,
        ReplicationTime: AT_ONCE,
      },
    },
  },
};

/** What the S3 server does with the properties of buckets and bucket policies. */
export const S3_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::S3::Bucket',
    nameProperty: 'BucketName',
    fitName: (generated) => generated.toLowerCase().slice(0, 63),
    references: (_, name) => ({ ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } }),
    properties: {
      BucketName: 'run',
      VersioningConfiguration: { object: { Status: { only: ['Enabled', 'Suspended'] } } },
      LifecycleConfiguration: { object: { Rules: { list: LIFECYCLE_RULE } } },
      CorsConfiguration: { object: { CorsRules: { list: CORS_RULE } } },
      NotificationConfiguration: {
        object: { EventBridgeConfiguration: { object: { EventBridgeEnabled: { only: [true, 'true'] } } } },
      },
      BucketEncryption: ON_YOUR_DISK,
      PublicAccessBlockConfiguration: NO_PUBLIC,
      OwnershipControls: ONE_OWNER,
      ReplicationConfiguration: { object: { Role: NO_IAM, Rules: { list: REPLICATION_RULE } } },
      ObjectLockConfiguration: {
        object: {
          ObjectLockEnabled: { only: ['Enabled'] },
          Rule: { object: { DefaultRetention: { object: { Days: 'run', Mode: { only: LOCK_MODES } } } } },
        },
      },
      ObjectLockEnabled: 'run',
      LoggingConfiguration: { ignored: 'Access is not logged into a bucket on this machine.' },
      MetricsConfigurations: NO_METRICS,
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'run',
    type: 'AWS::S3::BucketPolicy',
    properties: {
      Bucket: 'run',
      PolicyDocument: {
        ignored: 'Policies are not evaluated; every request must be signed, and the CDN may read what it is let read.',
      },
    },
  },
];

/** The bucket that resolved properties of AWS::S3::Bucket describe; its readers are not among them. */
export function bucketConfiguration(name: string, properties: Record<string, unknown>): BucketConfiguration {
  const rules = listOf(recordOf(properties.LifecycleConfiguration).Rules)
    .map(recordOf)
    .filter((rule) => rule.Status === 'Enabled');
  const expiring = (days: (rule: Properties) => unknown): ExpirationRule[] =>
    rules.flatMap((rule) =>
      days(rule) === undefined ? [] : [{ prefix: textOf(rule.Prefix), days: Number(days(rule)) }],
    );
  const retention = retentionOf(properties);
  return {
    name,
    // A bucket with object lock is versioned in any case (S3 user guide, "Locking objects with Object Lock").
    versioned: recordOf(properties.VersioningConfiguration).Status === 'Enabled' || retention !== undefined,
    ...(retention && { retention }),
    eventBridge: recordOf(properties.NotificationConfiguration).EventBridgeConfiguration !== undefined,
    cors: listOf(recordOf(properties.CorsConfiguration).CorsRules).map(recordOf).map(corsRule),
    expirations: expiring((rule) => rule.ExpirationInDays),
    noncurrentExpirations: expiring(
      (rule) => recordOf(rule.NoncurrentVersionExpiration).NoncurrentDays ?? rule.NoncurrentVersionExpirationInDays,
    ),
    replications: listOf(recordOf(properties.ReplicationConfiguration).Rules)
      .map(recordOf)
      .filter((rule) => rule.Status === 'Enabled')
      .map(replicationRule),
    uploadExpirations: expiring((rule) => recordOf(rule.AbortIncompleteMultipartUpload).DaysAfterInitiation),
  };
}

/** Whether a resolved bucket policy lets CloudFront read objects, as origin access control needs it. */
export function letsCloudFrontRead(policyDocument: unknown): boolean {
  return listOf(recordOf(policyDocument).Statement)
    .map(recordOf)
    .some(
      (statement) =>
        statement.Effect === 'Allow' &&
        texts(recordOf(statement.Principal).Service).includes('cloudfront.amazonaws.com') &&
        texts(statement.Action).some((action) => ['s3:GetObject', 's3:Get*', 's3:*'].includes(action)),
    );
}

type Properties = Readonly<Record<string, unknown>>;

/** How long new versions are locked; a lock without a rule would lock nothing by itself. */
function retentionOf({ ObjectLockConfiguration: lock, ObjectLockEnabled: isOn }: Properties): Retention | undefined {
  const { Days, Mode } = recordOf(recordOf(recordOf(lock).Rule).DefaultRetention);
  const mode = LOCK_MODES.find((one) => one === Mode);
  return isOn === true && mode ? { mode, days: Number(Days) } : undefined;
}

function replicationRule(rule: Properties): ReplicationRule {
  return {
    prefix: textOf(recordOf(rule.Filter).Prefix),
    destination: textOf(recordOf(rule.Destination).Bucket).replace(/^arn:[^:]*:s3:::/, ''),
    deleteMarkers: recordOf(rule.DeleteMarkerReplication).Status === 'Enabled',
  };
}

function corsRule(rule: Properties): CorsRule {
  return {
    allowedOrigins: texts(rule.AllowedOrigins),
    allowedMethods: texts(rule.AllowedMethods),
    allowedHeaders: texts(rule.AllowedHeaders),
    exposedHeaders: texts(rule.ExposedHeaders),
    ...(rule.MaxAge !== undefined && { maxAgeSeconds: Number(rule.MaxAge) }),
  };
}

function recordOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? (value as Properties) : {};
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown): string[] {
  return listOf(value).map(String);
}

function textOf(value: unknown): string {
  return value === undefined ? '' : String(value);
}
