import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { People } from '../../../../lib/constructs/accounts/people.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const config = {
  mailFrom: 'vitrine@example.com',
  hosts: ['api.example.com'],
  allowedDomains: ['example.com'],
  directories: {},
  directoriesOnly: false,
};

function peopleIn() {
  const stack = constructStack();
  const people = new People(stack, 'People', {
    deployment: 'vitrine',
    config,
    audit: new AuditTable(stack, 'Audit'),
  });
  return { stack, people };
}

describe('people', () => {
  it('have a key of their own, and a table of wrapped keys whose backups reach one day back', () => {
    const template = Template.fromStack(peopleIn().stack);

    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { EnableKeyRotation: true },
    });
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        TableName: 'vitrine-person-keys',
        Replicas: [
          {
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 },
          },
        ],
      },
    });
  });

  it('are managed with rights on their own keys, on new events, and on one sender of mail', () => {
    const { stack, people } = peopleIn();
    people.grantManage(granteeIn(stack));

    const byAction = (action: string) => grantedIn(stack).filter(({ Action }) => [Action].flat().includes(action));
    expect(byAction('kms:GenerateDataKey').map(({ Action }) => Action)).toEqual([
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(byAction('ses:SendEmail')).toEqual([
      {
        Effect: 'Allow',
        Action: 'ses:SendEmail',
        Resource: ['example.com', 'vitrine@example.com'].map((identity) =>
          stack.resolve(`arn:${stack.partition}:ses:eu-west-1:${stack.account}:identity/${identity}`),
        ),
        Condition: { StringEquals: { 'ses:FromAddress': 'vitrine@example.com' } },
      },
    ]);
    const puts = byAction('dynamodb:PutItem').filter(({ Condition }) => Condition !== undefined);
    expect(puts.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
    ]);
    expect(Object.keys(environmentIn(stack))).toEqual(['VITRINE_PEOPLE']);
    expect(JSON.stringify(environmentIn(stack))).toContain('vitrine@example.com');
  });

  it('cost nothing in a deployment without them', () => {
    const named = (vitrine: object) => JSON.stringify(templatesOf(vitrineApp({ vitrine })).region.toJSON());

    for (const mark of ['VITRINE_PEOPLE', 'person-keys', 'ses:SendEmail', 'AWS::Cognito']) {
      expect(named({})).not.toContain(mark);
    }
    expect(named({ people: { mailFrom: 'vitrine@example.com', hosts: ['api.example.com'] } })).toContain(
      'VITRINE_PEOPLE',
    );
  });
});
