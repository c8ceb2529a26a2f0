import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

describe('the library table', () => {
  it('has the keys, the index and the time to live that its records use', () => {
    const stack = constructStack();
    new LibraryTable(stack, 'Library');

    Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'docs',
          KeySchema: [
            { AttributeName: 'docspk', KeyType: 'HASH' },
            { AttributeName: 'docssk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['d'] },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('can be recovered to any point, is encrypted, and outlives its stack but not a first deployment that failed', () => {
    const stack = constructStack();
    new LibraryTable(stack, 'Library');

    Template.fromStack(stack).hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          {
            Region: 'eu-west-1',
            DeletionProtectionEnabled: false,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });

  it('gives by grantDelivery single items, notes about variants and paths, and the name', () => {
    const stack = constructStack();
    const library = new LibraryTable(stack, 'Library');

    library.grantDelivery(granteeIn(stack));

    expect(grantedIn(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
        Resource: stack.resolve(library.table.tableArn),
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: stack.resolve(library.table.tableArn),
        Condition: {
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': ['cache-tag#*', 'dependents#*', 'dir#*', 'invalidations', 'signing-keys#used'],
          },
        },
      },
    ]);
    expect(environmentIn(stack)).toEqual({ VITRINE_LIBRARY_TABLE: stack.resolve(library.table.tableName) });
  });

  it('gives by grantWholePictures notes about whole pictures, and nothing else', () => {
    const stack = constructStack();
    const library = new LibraryTable(stack, 'Library');

    library.grantWholePictures(granteeIn(stack));

    expect(grantedIn(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:PutItem', 'dynamodb:Query'],
        Resource: stack.resolve(library.table.tableArn),
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['whole#*'] } },
      },
    ]);
  });

  it('gives by grantReadWrite everything but scans', () => {
    const stack = constructStack();
    const library = new LibraryTable(stack, 'Library');

    library.grantReadWrite(granteeIn(stack));

    const [statement, ...others] = grantedIn(stack);
    expect(others).toEqual([]);
    const { tableArn } = library.table;
    expect(statement?.Resource).toEqual(stack.resolve(tableArn));
    expect(statement?.Action).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });
});
