import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditBucket } from '../../../../lib/constructs/audit/audit-bucket.ts';
import { AuditMirror } from '../../../../lib/constructs/audit/audit-mirror.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function mirrorStack() {
  const stack = constructStack();
  const audit = new AuditTable(stack, 'Audit');
  const bucket = new AuditBucket(stack, 'Copy', { lock: 'compliance' });
  new AuditMirror(stack, 'Mirror', {
    deployment: 'vitrine',
    code: fixtureCode().handler('mirror-audit'),
    ...{ audit, bucket, hasAlarms: true },
  });
  return stack;
}

describe('the mirror of the audit log', () => {
  it('is told everything that happens to events, and gives nothing up', () => {
    const template = Template.fromStack(mirrorStack());

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 5,
      BisectBatchOnFunctionError: true,
      FilterCriteria: Match.absent(),
      MaximumRetryAttempts: Match.absent(),
      DestinationConfig: Match.absent(),
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('may read the stream and put copies, and knows no table', () => {
    const actions = grantedIn(mirrorStack()).flatMap(({ Action }) => Action);

    expect(actions.sort()).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      's3:PutObject',
    ]);
    expect(Object.keys(environmentIn(mirrorStack()))).toEqual(['VITRINE_AUDIT_BUCKET']);
  });

  it('makes an alarm of one event that was changed or removed, and of a stream that is an hour behind', () => {
    const template = Template.fromStack(mirrorStack());

    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.message.event = "audit-altered" }',
      MetricTransformations: [{ MetricName: 'Test-audit-altered', MetricNamespace: 'Vitrine', MetricValue: '1' }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'vitrine-audit-altered-eu-west-1',
      MetricName: 'Test-audit-altered',
      Threshold: 1,
      EvaluationPeriods: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbook/audit-log.md'),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'vitrine-audit-mirror-eu-west-1',
      MetricName: 'IteratorAge',
      Threshold: 3_600_000,
    });
  });
});
