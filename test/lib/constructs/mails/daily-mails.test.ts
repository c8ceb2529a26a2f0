import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { People } from '../../../../lib/constructs/accounts/people.ts';
import { AuditBucket } from '../../../../lib/constructs/audit/audit-bucket.ts';
import { EdgeCallers } from '../../../../lib/constructs/edge/edge-callers.ts';
import { DailyMails } from '../../../../lib/constructs/mails/daily-mails.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { constructStack, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const config = {
  ...{ mailFrom: 'vitrine@example.com', hosts: ['api.example.com'], allowedDomains: [], directories: {} },
  directoriesOnly: false,
};

function mailsIn({ hasAlarms = true } = {}) {
  const stack = constructStack();
  const people = new People(stack, 'People', {
    ...{ deployment: 'vitrine', config },
    audit: new AuditTable(stack, 'Audit'),
  });
  new DailyMails(stack, 'Mails', {
    ...{ deployment: 'vitrine', people, hasAlarms },
    code: fixtureCode().handler('daily-mails'),
    accounts: new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    edgeCallers: new EdgeCallers(stack, 'EdgeCallers', { deployment: 'vitrine' }),
    seals: new AuditBucket(stack, 'Copy', { lock: 'compliance' }),
  });
  return stack;
}

describe('daily mails', () => {
  it('are two runs a day, and an alarm when one fails', () => {
    const template = Template.fromStack(mailsIn());

    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 5 * * ? *)',
      Targets: [{ Input: '{"mails":"audit-reports"}' }, { Input: '{"mails":"ending-keys"}' }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'vitrine-daily-mails-eu-west-1',
      MetricName: 'Errors',
      Threshold: 1,
    });
    Template.fromStack(mailsIn({ hasAlarms: false })).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  it('write nothing but how far a report was sent, and events', () => {
    const writes = grantedIn(mailsIn()).filter(({ Action }) =>
      [Action].flat().some((one) => /^(dynamodb:(Put|Update|Delete|Batch)|s3:Put|kms:(Enc|Gen)|cognito)/.test(one)),
    );

    expect(writes.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
      {
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['audit-reports'] } },
      },
      {
        Action: 'dynamodb:PutItem',
        Condition: { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      },
    ]);
  });

  it('are in no deployment without people', () => {
    const ruleOf = (vitrine: object) =>
      Object.keys(templatesOf(vitrineApp({ vitrine })).region.findResources('AWS::Events::Rule')).some((id) =>
        id.startsWith('DailyMails'),
      );

    expect(ruleOf({ people: { mailFrom: 'vitrine@example.com', hosts: ['localhost'] } })).toBe(true);
    expect(ruleOf({})).toBe(false);
  });
});
