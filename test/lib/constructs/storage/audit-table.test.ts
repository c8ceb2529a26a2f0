import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

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

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements of all policies of a template that are about a table. */
function statementsAbout(template: Template, table: string): readonly Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
  return statements.filter(({ Resource }) => JSON.stringify(Resource).includes(`"${table}"`));
}

const actionsOf = ({ Action }: Statement): readonly string[] => (typeof Action === 'string' ? [Action] : Action);

describe('every role of a deployment', () => {
  const people = { mailFrom: 'vitrine@example.com', hosts: ['api.example.com'] };
  const { region } = templatesOf(vitrineApp({ vitrine: { people } }));
  const tables = Object.keys(region.findResources('AWS::DynamoDB::GlobalTable'));
  const audit = tables.find((id) => id.startsWith('Audit')) ?? '';
  const statements = statementsAbout(region, audit);

  it('may put events in transactions and query them, follow the stream, and nothing else', () => {
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(actionsOf);

    expect([...new Set(allowed)].sort()).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:PutItem',
      'dynamodb:Query',
    ]);
  });

  it('puts in transactions only', () => {
    const putting = statements.filter((one) => actionsOf(one).includes('dynamodb:PutItem'));

    expect(putting.length).toBeGreaterThan(0);
    for (const { Condition } of putting) {
      expect(Condition).toEqual({ StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } });
    }
  });

  it('is named in a policy that can be looked at: no other has rights on tables by a pattern', () => {
    const policies = Object.values(region.findResources('AWS::IAM::Policy'));
    const wide = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Resource }) => JSON.stringify(Resource).includes('*'))
      .flatMap(actionsOf)
      .filter((action) => action.startsWith('dynamodb:'));

    expect([...new Set(wide)]).toEqual(['dynamodb:ListStreams']);
  });
});
