import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditBucket } from '../../../../lib/constructs/audit/audit-bucket.ts';
import { AuditSeals } from '../../../../lib/constructs/audit/audit-seals.ts';
import { SealKey } from '../../../../lib/constructs/audit/seal-key.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { constructStack, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function sealsStack() {
  const stack = constructStack();
  new AuditSeals(stack, 'Seals', {
    deployment: 'vitrine',
    code: fixtureCode().handler('seal-audit'),
    audit: new AuditTable(stack, 'Audit'),
    bucket: new AuditBucket(stack, 'Copy', { lock: 'compliance' }),
    key: new SealKey(stack, 'Key', { deployment: 'vitrine' }),
  });
  return stack;
}

describe('the seals of the audit log', () => {
  it('are made once for the events of five minutes, and twice a day whatever happened', () => {
    const template = Template.fromStack(sealsStack());

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MaximumBatchingWindowInSeconds: 300,
      BatchSize: 10_000,
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'] }) }] },
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(12 hours)' });
  });

  it('are signed by a key of the curve P-256, under a role that writes no event', () => {
    const stack = sealsStack();
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
    });
    const actions = grantedIn(stack).flatMap(({ Action }) => Action);

    expect(actions.filter((action) => /^(kms|s3)/.test(action)).sort()).toEqual([
      'kms:GetPublicKey',
      'kms:Sign',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
    expect(actions.filter((action) => /^dynamodb:(Put|Update|Delete|Batch)/.test(action))).toEqual([]);
  });

  it('are missed after a day without one: an alarm that also goes off when nothing is told', () => {
    const template = Template.fromStack(sealsStack());

    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.message.event = "audit-sealed" }',
      MetricTransformations: [{ MetricName: 'Test-audit-sealed', MetricNamespace: 'Vitrine', MetricValue: '1' }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'vitrine-audit-seal-eu-west-1',
      MetricName: 'Test-audit-sealed',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      EvaluationPeriods: 24,
    });
  });
});
