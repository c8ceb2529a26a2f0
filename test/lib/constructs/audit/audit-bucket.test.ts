import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditBucket } from '../../../../lib/constructs/audit/audit-bucket.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

describe('the bucket with the copy of the audit log', () => {
  it.each([
    ['compliance', { Mode: 'COMPLIANCE', Days: 400 }],
    ['governance', { Mode: 'GOVERNANCE', Days: 1 }],
  ] as const)('in mode %s locks every version, and outlives its stack', (lock, DefaultRetention) => {
    const stack = constructStack();
    new AuditBucket(stack, 'Copy', { lock });

    Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  it('takes events from one role and seals from another; neither removes or unlocks anything', () => {
    const mirror = constructStack();
    new AuditBucket(mirror, 'Copy', { lock: 'compliance' }).grantMirror(granteeIn(mirror));
    const seals = constructStack();
    new AuditBucket(seals, 'Copy', { lock: 'compliance' }).grantSeal(granteeIn(seals));

    expect(grantedIn(mirror).map(({ Action }) => Action)).toEqual(['s3:PutObject']);
    expect(JSON.stringify(grantedIn(mirror))).toMatch(/altered.*events/);
    expect(grantedIn(seals).map(({ Action }) => Action)).toEqual(['s3:PutObject', 's3:GetObject', 's3:ListBucket']);
    expect(JSON.stringify(grantedIn(seals))).not.toMatch(/events|altered/);
    expect(grantedIn(seals)[2]?.Condition).toEqual({ StringLike: { 's3:prefix': 'seals/*' } });
    expect(Object.keys(environmentIn(seals))).toEqual(['VITRINE_AUDIT_BUCKET']);
  });
});
