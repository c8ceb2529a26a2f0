import { describe, expect, it } from 'vitest';
import { bucketConfiguration, letsCloudFrontRead, S3_RESOURCE_TYPES } from '../../../src/services/s3/properties.ts';

describe('bucketConfiguration', () => {
  it('takes everything that is run from the properties', () => {
    const configuration = bucketConfiguration('originals', {
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      LifecycleConfiguration: {
        Rules: [
          { Id: 'a', Status: 'Enabled', Prefix: 'uploads/', ExpirationInDays: 1 },
          { Id: 'b', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
          { Id: 'c', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
          { Id: 'd', Status: 'Disabled', ExpirationInDays: 2 },
        ],
      },
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::000000000000:role/replication',
        Rules: [
          {
            ...{ Id: 'media', Status: 'Enabled', Priority: 1, Filter: { Prefix: 'media/' } },
            ...{ DeleteMarkerReplication: { Status: 'Enabled' }, Destination: { Bucket: 'arn:aws:s3:::copy' } },
          },
          { Id: 'off', Status: 'Disabled', Filter: { Prefix: '' }, Destination: { Bucket: 'arn:aws:s3:::other' } },
        ],
      },
      CorsConfiguration: {
        CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ExposedHeaders: ['ETag'], MaxAge: 60 }],
      },
    });

    expect(configuration).toEqual({
      name: 'originals',
      versioned: true,
      eventBridge: true,
      expirations: [{ prefix: 'uploads/', days: 1 }],
      noncurrentExpirations: [{ prefix: '', days: 30 }],
      uploadExpirations: [{ prefix: '', days: 7 }],
      replications: [{ prefix: 'media/', destination: 'copy', deleteMarkers: true }],
      cors: [
        {
          allowedMethods: ['GET'],
          allowedOrigins: ['*'],
          allowedHeaders: [],
          exposedHeaders: ['ETag'],
          maxAgeSeconds: 60,
        },
      ],
    });
  });

  it('makes a plain bucket of no properties', () => {
    expect(bucketConfiguration('plain', {})).toMatchObject({ versioned: false, eventBridge: false, expirations: [] });
  });
});

describe('letsCloudFrontRead', () => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  };

  it('finds the statement of an origin access control among others', () => {
    const deny = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*' };

    expect(letsCloudFrontRead({ Statement: [deny, statement] })).toBe(true);
    expect(letsCloudFrontRead({ Statement: { ...statement, Action: ['s3:ListBucket', 's3:GetObject'] } })).toBe(true);
  });

  it.each([
    [{ ...statement, Effect: 'Deny' }],
    [{ ...statement, Action: 's3:PutObject' }],
    [{ ...statement, Principal: { Service: 'logging.s3.amazonaws.com' } }],
    [{ ...statement, Principal: '*' }],
  ])('is not taken in by %j', (other) => {
    expect(letsCloudFrontRead({ Statement: [other] })).toBe(false);
  });
});

describe('the specs', () => {
  it('give a reason for whatever is ignored', () => {
    const reasons: string[] = [];
    JSON.stringify(S3_RESOURCE_TYPES, (key, value) => {
      if (key === 'ignored') reasons.push(value);
      return value;
    });

    expect(S3_RESOURCE_TYPES.map(({ type }) => type)).toEqual(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
    expect(reasons.length).toBeGreaterThan(5);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].+\.$/);
  });
});
