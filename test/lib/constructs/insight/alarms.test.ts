import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../architecture/sources.ts';
import { vitrineApp } from '../../vitrine-fixture.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

const templatesWith = (vitrine: Record<string, unknown>) => {
  const app = vitrineApp({ vitrine });
  return [...app.regions, app.edge].map((stack) => Template.fromStack(stack));
};

const alarmsIn = (templates: readonly Template[]) =>
  templates.flatMap((template) => Object.values(template.findResources('AWS::CloudWatch::Alarm')));

describe('alarms', () => {
  it('are in the profile guarded, and each says what happened and which article helps', () => {
    const alarms = alarmsIn(templatesWith({ regions: ['eu-west-1', 'us-east-2'] }));
    const names = alarms.map(({ Properties }) => Properties.AlarmName);

    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('vitrine-api-fails-eu-west-1');
    expect(names).toContain('vitrine-api-fails-us-east-2');
    expect(names.filter((name) => name.startsWith('vitrine-publisher-fails'))).toEqual([
      'vitrine-publisher-fails-eu-west-1',
    ]);
    for (const { Properties } of alarms) {
      const [, what, article = ''] = /^(.{10,}): (docs\/runbook\/[a-z-]+\.md)$/.exec(Properties.AlarmDescription) ?? [];
      expect(what, Properties.AlarmDescription).toBeDefined();
      expect(existsSync(join(ROOT, article)), article).toBe(true);
    }
  });

  it('tell the receivers when they go off and when they end', () => {
    const templates = templatesWith({ alarms: { mails: ['ops@example.com'], urls: ['https://example.com/hook'] } });

    for (const template of templates) {
      const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
      const told = [{ Ref: topic }];
      for (const { Properties } of alarmsIn([template])) {
        expect(Properties).toMatchObject({ AlarmActions: told, OKActions: told });
      }
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'https' });
      template.hasOutput('AlarmTopicArn', { Value: { Ref: topic } });
    }
  });

  it('tell nobody by default, and are not there in the profile small', () => {
    for (const template of templatesWith({})) template.resourceCountIs('AWS::SNS::Topic', 0);
    expect(alarmsIn(templatesWith({ profile: 'small' }))).toEqual([]);
  });

  it('watch the certificates that the owner names', () => {
    const mediaDomain = { name: 'media.example.com', certificateArn };
    const [, edge] = templatesWith({ mediaDomain });

    edge?.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'vitrine-certificate-media-us-east-1', ComparisonOperator: 'LessThanThreshold', Threshold: 30 },
      Dimensions: [{ Name: 'CertificateArn', Value: certificateArn }],
    });
  });

  it('go off above what is usual, not below', () => {
    const [, edge] = templatesWith({});

    edge?.resourcePropertiesCountIs(
      'AWS::CloudWatch::Alarm',
      { ComparisonOperator: 'GreaterThanUpperThreshold', TreatMissingData: 'notBreaching' },
      4,
    );
  });
});

describe('the budget', () => {
  it('mails at half, four fifths and all of it, and when all of it is expected', () => {
    const [, edge] = templatesWith({ profile: 'small', monthlyBudget: 20, alarms: { mails: ['ops@example.com'] } });

    edge?.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: Match.objectLike({ BudgetLimit: { Amount: 20, Unit: 'USD' }, TimeUnit: 'MONTHLY' }),
      NotificationsWithSubscribers: [50, 80, 100, 100].map((Threshold) =>
        Match.objectLike({
          Notification: Match.objectLike({ Threshold }),
          Subscribers: [{ Address: 'ops@example.com', SubscriptionType: 'EMAIL' }],
        }),
      ),
    });
  });
});
