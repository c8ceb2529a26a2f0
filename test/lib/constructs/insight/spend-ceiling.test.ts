import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { vitrineApp } from '../../vitrine-fixture.ts';

const templatesWith = (vitrine: Record<string, unknown>) => {
  const app = vitrineApp({ vitrine });
  return [...app.regions, app.edge].map((stack) => Template.fromStack(stack)) as [Template, ...Template[]];
};

describe('the ceiling of spending', () => {
  const [region, edge] = templatesWith({ spendCeiling: 300, alarms: { mails: ['ops@example.com'] } });

  it('is a budget that tells a topic and the mails when all of it is spent', () => {
    const [topic] = Object.keys(
      edge?.findResources('AWS::SNS::Topic', { Properties: { TopicName: 'vitrine-ceiling' } }) ?? {},
    );

    edge?.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: Match.objectLike({ BudgetName: 'vitrine-ceiling', BudgetLimit: { Amount: 300, Unit: 'USD' } }),
      NotificationsWithSubscribers: [
        {
          Notification: Match.objectLike({ NotificationType: 'ACTUAL', Threshold: 100 }),
          Subscribers: [
            { SubscriptionType: 'SNS', Address: { Ref: topic } },
            { SubscriptionType: 'EMAIL', Address: 'ops@example.com' },
          ],
        },
      ],
    });
    edge?.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda', TopicArn: { Ref: topic } });
  });

  it('lets this budget publish and no other one', () => {
    edge?.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            ...{ Action: 'sns:Publish', Effect: 'Allow', Principal: { Service: 'budgets.amazonaws.com' } },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ]),
      }),
    });
  });

  it('lets the function write its own partition and events, and nothing else', () => {
    const policies = Object.entries(edge?.findResources('AWS::IAM::Policy') ?? {});
    const [, { Properties }] = policies.find(([id]) => id.startsWith('SpendCeilingReach')) ?? ['', { Properties: {} }];
    const written = Properties.PolicyDocument.Statement.filter((one: { Action: string | string[] }) =>
      [one.Action].flat().includes('dynamodb:PutItem'),
    );

    expect(written.map((one: { Condition: object }) => one.Condition)).toEqual([
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['spend-ceiling'] } },
      { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
    ]);
  });

  it('is told to the transformer and the API', () => {
    region.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { Environment: { Variables: Match.objectLike({ VITRINE_SPEND_CEILING: '300' }) } },
      2,
    );
  });

  it('is not there by default', () => {
    for (const template of templatesWith({})) template.resourceCountIs('AWS::Budgets::Budget', 0);
  });

  it('lets transformers show the nearest size where the owner wants that, and only there', () => {
    const variable = { Environment: { Variables: Match.objectLike({ VITRINE_OVER_CEILING: 'nearest' }) } };
    const [nearest] = templatesWith({ spendCeiling: 300, overCeiling: 'nearest' });

    nearest.resourcePropertiesCountIs('AWS::Lambda::Function', variable, 1);
    region.resourcePropertiesCountIs('AWS::Lambda::Function', variable, 0);
    expect(JSON.stringify(nearest)).toContain('whole#*');
    expect(JSON.stringify(region)).not.toContain('whole#*');
  });
});

it('a ceiling below the budget is refused', () => {
  const vitrine = { monthlyBudget: 100, spendCeiling: 50, alarms: { mails: ['ops@example.com'] } };

  expect(() => vitrineApp({ vitrine })).toThrow('"spendCeiling" is 50; it must be at least "monthlyBudget", 100.');
});
