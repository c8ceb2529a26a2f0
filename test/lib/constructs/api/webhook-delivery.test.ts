import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { OriginCredentialsKey } from '../../../../lib/constructs/accounts/origin-credentials-key.ts';
import { WebhookDelivery } from '../../../../lib/constructs/api/webhook-delivery.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function deliveryStack(remoteAllow: string[] = []) {
  const stack = constructStack();
  new WebhookDelivery(stack, 'Webhooks', {
    code: fixtureCode().handler('deliver-webhooks'),
    accounts: new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    originKey: new OriginCredentialsKey(stack, 'OriginCredentials', { deployment: 'vitrine' }),
    remoteAllow,
  });
  return stack;
}

describe('what sends to webhooks', () => {
  it('hides a message longer than the function may take, and has a queue for what the function does not survive', () => {
    const template = Template.fromStack(deliveryStack());

    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { deadLetterTargetArn: Match.anyValue(), maxReceiveCount: 20 },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 30 });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('reads webhooks, notes deliveries, opens webhooks’ secrets, takes messages, and may do nothing else', () => {
    const granted = grantedIn(deliveryStack());

    expect(granted.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['dynamodb:GetItem', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['webhooks'] } }],
      ['dynamodb:PutItem', { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['webhook-deliveries#*'] } }],
      ['kms:Decrypt', { Null: { 'kms:EncryptionContext:webhook': 'false' } }],
      [['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], undefined],
    ]);
  });

  it('reaches private addresses only where the owner says so', () => {
    expect(environmentIn(deliveryStack())).not.toHaveProperty('VITRINE_REMOTE_ALLOW');
    expect(environmentIn(deliveryStack(['10.0.0.0/8']))).toMatchObject({ VITRINE_REMOTE_ALLOW: '10.0.0.0/8' });
  });
});
