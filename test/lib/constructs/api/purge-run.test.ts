import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { CredentialsSecret } from '../../../../lib/constructs/accounts/credentials-secret.ts';
import { OriginCredentialsKey } from '../../../../lib/constructs/accounts/origin-credentials-key.ts';
import { PurgeRun } from '../../../../lib/constructs/api/purge-run.ts';
import { EdgeCallers } from '../../../../lib/constructs/edge/edge-callers.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { VariantsBucket } from '../../../../lib/constructs/storage/variants-bucket.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function purgeStack() {
  const stack = constructStack();
  new PurgeRun(stack, 'Purges', {
    code: fixtureCode().handler('resume-purges'),
    originals: new OriginalsBucket(stack, 'Originals'),
    variants: new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 }),
    library: new LibraryTable(stack, 'Library'),
    audit: new AuditTable(stack, 'Audit'),
    credentials: new CredentialsSecret(stack, 'Credentials'),
    originKey: new OriginCredentialsKey(stack, 'OriginKey', { deployment: 'vitrine' }),
    remoteAllow: ['10.0.0.0/8'],
    accounts: new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    edgeCallers: new EdgeCallers(stack, 'EdgeCallers', { deployment: 'vitrine' }),
  });
  return stack;
}

describe('the run that finishes purges', () => {
  it('comes every minute and is not tried again: the next minute does the same', () => {
    Template.fromStack(purgeStack()).hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } }],
    });
  });

  it('copies and removes originals, and removes what was fetched and made', () => {
    const actions = grantedIn(purgeStack()).flatMap(({ Action }) => Action);

    expect(actions.filter((action: string) => /s3:|cloudfront/.test(action))).toEqual([
      's3:DeleteObject',
      's3:ListBucket',
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetObject',
      's3:PutObject',
      's3:ListBucketVersions',
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:PutObject',
      's3:ListBucket',
    ]);
  });

  it('knows everything that its handler asks for', () => {
    expect(Object.keys(environmentIn(purgeStack())).sort()).toEqual([
      'VITRINE_ACCOUNTS_REGION',
      'VITRINE_ACCOUNTS_TABLE',
      'VITRINE_AUDIT_TABLE',
      'VITRINE_CREDENTIALS_SECRET',
      'VITRINE_EDGE_PARAMETER',
      'VITRINE_LIBRARY_TABLE',
      'VITRINE_ORIGINALS_BUCKET',
      'VITRINE_ORIGIN_CREDENTIALS_KEY',
      'VITRINE_REMOTE_ALLOW',
      'VITRINE_VARIANTS_BUCKET',
    ]);
  });
});
