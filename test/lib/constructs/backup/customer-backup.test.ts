import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { BackupDestination } from '../../../../lib/config/backup.ts';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { CustomerBackup } from '../../../../lib/constructs/backup/customer-backup.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { constructStack, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

const IN_OTHER_ACCOUNT = { bucket: 'acme-backup', region: 'eu-central-1', account: '111122223333' };

function backupStack(destination: BackupDestination = IN_OTHER_ACCOUNT, chosen: object = {}) {
  const stack = constructStack();
  new CustomerBackup(stack, 'Backup', {
    ...{ deployment: 'vitrine', code: fixtureCode(), destination, timeControl: false, hasAlarms: true },
    originals: new OriginalsBucket(stack, 'Originals'),
    library: new LibraryTable(stack, 'Library'),
    audit: new AuditTable(stack, 'Audit'),
    accounts: new AccountsTable(stack, 'Accounts', {
      ...{ deployment: 'vitrine', homeRegion: 'eu-west-1', hasStream: true },
    }),
    ...chosen,
  });
  return stack;
}

const replicationOf = (destination?: BackupDestination, chosen?: object) =>
  Object.values(Template.fromStack(backupStack(destination, chosen)).findResources('AWS::S3::Bucket'))[0]?.Properties
    .ReplicationConfiguration;

describe('the backup', () => {
  it('replicates originals and records with their delete markers, and nothing that is in flight', () => {
    const { Rules } = replicationOf();

    expect(Rules.map((one: { Filter: object }) => one.Filter)).toEqual([{ Prefix: 'media/' }, { Prefix: 'records/' }]);
    for (const rule of Rules) {
      expect(rule).toMatchObject({ Status: 'Enabled', DeleteMarkerReplication: { Status: 'Enabled' } });
      expect(rule.Destination).toMatchObject({
        ...{ Account: '111122223333', AccessControlTranslation: { Owner: 'Destination' } },
        Metrics: { Status: 'Enabled' },
      });
      expect(rule.Destination).not.toHaveProperty('ReplicationTime');
    }
  });

  it('changes no owner within the account, and measures nothing where nobody is told', () => {
    const { Rules } = replicationOf({ bucket: 'acme-backup' }, { hasAlarms: false });

    expect(Object.keys(Rules[0].Destination)).toEqual(['Bucket']);
  });

  it('has S3 promise 15 minutes where the owner asks for it', () => {
    const { Rules } = replicationOf(IN_OTHER_ACCOUNT, { timeControl: true, hasAlarms: false });

    expect(Rules[0].Destination).toMatchObject({
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
    });
  });

  it('replicates with a role whose name the policy of the other account can name beforehand', () => {
    const roles = Object.values(Template.fromStack(backupStack()).findResources('AWS::IAM::Role'));
    const role = roles.find(({ Properties }) => Properties.RoleName === 'vitrine-backup-eu-west-1');
    const { Statement } = role?.Properties.AssumeRolePolicyDocument ?? {};

    expect(
      Statement.flatMap((one: { Principal: { Service: string | string[] } }) => one.Principal.Service).sort(),
    ).toEqual([...['batchoperations.s3.amazonaws.com', 's3.amazonaws.com']]);
  });

  it('tells its function of files, folders and settings only, and gives nothing up', () => {
    const mappings = Template.fromStack(backupStack()).findResources('AWS::Lambda::EventSourceMapping');
    const [library, settings] = Object.values(mappings).map(({ Properties }) => Properties);

    expect(JSON.parse(library?.FilterCriteria.Filters[0].Pattern).dynamodb.Keys.pk.S).toContainEqual({ prefix: 'a#' });
    expect(JSON.parse(settings?.FilterCriteria.Filters[0].Pattern).dynamodb.Keys.pk.S).toContain('custom-fields');
    for (const mapping of [library, settings]) {
      expect(mapping).toMatchObject({ MaximumBatchingWindowInSeconds: 10, BisectBatchOnFunctionError: true });
      expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
    }
  });

  it('lets its functions reach no partition of people and keys', () => {
    const statements = grantedIn(backupStack());
    const partitions = statements.flatMap(({ Condition }) => JSON.stringify(Condition ?? ''));
    expect(partitions.join()).toContain('named-transformations');
    expect(partitions.join()).not.toMatch(/people|restricted-keys|session|webhooks/);
  });

  it('restores by a function of a fixed name that removes no record and writes nothing into the backup', () => {
    const template = Template.fromStack(backupStack());
    const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
      id.includes('Restore'),
    );
    const statements: { Action: string | string[]; Resource: unknown }[] =
      policy?.[1].Properties.PolicyDocument.Statement;

    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'vitrine-restore',
      Environment: { Variables: { VITRINE_BACKUP_BUCKET: 'acme-backup' } },
    });
    expect(
      statements
        .flatMap(({ Action }) => Action)
        .filter((one) => /^dynamodb:/.test(one))
        .sort(),
    ).toEqual([
      ...['dynamodb:PutItem', 'dynamodb:PutItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    ]);
    const ofBackup = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('acme-backup'));
    expect(ofBackup.flatMap(({ Action }) => Action)).toEqual(['s3:ListBucket', 's3:GetObject', 's3:GetObjectTagging']);
  });

  it('takes a snapshot a day', () => {
    Template.fromStack(backupStack()).hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(30 3 * * ? *)',
    });
  });

  it('tells of what S3 does not replicate and of records that are late', () => {
    const template = Template.fromStack(backupStack());

    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'vitrine-backup-media-fails-eu-west-1',
      MetricName: 'OperationsFailedReplication',
      Dimensions: Match.arrayWith([{ Name: 'RuleId', Value: 'media' }]),
      AlarmDescription: Match.stringLikeRegexp('docs/runbook/backup-fails.md'),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'IteratorAge', Threshold: 900_000 });
  });

  it('ends changes and snapshots after 35 days', () => {
    Template.fromStack(backupStack()).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ Prefix: 'records/v1/changes/', ExpirationInDays: 35 }),
          Match.objectLike({ Prefix: 'records/v1/snapshots/', ExpirationInDays: 35 }),
          Match.objectLike({ Prefix: 'records/', NoncurrentVersionExpiration: { NoncurrentDays: 35 } }),
        ]),
      },
    });
  });
});
