import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

describe('the audit table', () => {
  it('keeps every event: nothing ends by time, and it outlives its stack', () => {
    const stack = constructStack();
    new AuditTable(stack, 'Audit');

    const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'));
    expect(table).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate' });
    expect(table?.Properties).not.toHaveProperty('TimeToLiveSpecification');
  });

  it('is added to in transactions only, read, and never changed', () => {
    const stack = constructStack();
    const audit = new AuditTable(stack, 'Audit');

    audit.grantAppend(granteeIn(stack));

    const Resource = stack.resolve(audit.table.tableArn);
    expect(grantedIn(stack)).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource },
      {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource,
        Condition: { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      },
    ]);
    expect(environmentIn(stack)).toEqual({ VITRINE_AUDIT_TABLE: stack.resolve(audit.table.tableName) });
  });
});
