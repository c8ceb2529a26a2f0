import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../src/assembly/catalogue.ts';
import { planAssembly, UnknownInTemplate } from '../../src/assembly/plan-assembly.ts';
import { HOSTS, type SampleStack, sampleAssembly } from './sample-assembly.ts';

const CATALOGUE = catalogueOf([
  {
    class: 'run',
    type: 'AWS::S3::Bucket',
    nameProperty: 'BucketName',
    fitName: (name) => name.toLowerCase(),
    references: (_, name) => ({ ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } }),
    properties: { BucketName: 'run', Tags: { ignored: 'For billing.' } },
  },
  { class: 'run', type: 'AWS::Lambda::Function', properties: { Target: 'run' } },
  { class: 'cloudFormationOnly', type: 'AWS::IAM::Role', reason: 'Rights are not evaluated.' },
  {
    class: 'standIn',
    type: 'AWS::Cognito::UserPool',
    substitute: 'an OpenID issuer',
    properties: { UserPoolName: 'run' },
  },
]);

const plan = (stacks: Record<string, SampleStack>) => planAssembly(sampleAssembly(stacks), HOSTS, CATALOGUE);

function problemsOf(stacks: Record<string, SampleStack>): string[] {
  try {
    plan(stacks);
  } catch (error) {
    if (error instanceof UnknownInTemplate) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a plan', () => {
  it('has every resource resolved, across stacks', () => {
    const { resources } = plan({
      edge: {
        resources: {
          Reader: {
            type: 'AWS::Lambda::Function',
            assetPath: '/code',
            properties: { Target: { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Name' } } },
          },
        },
      },
      data: {
        resources: { Pictures: { type: 'AWS::S3::Bucket' } },
        outputs: { Name: { value: { Ref: 'Pictures' } } },
      },
    });

    expect(resources).toEqual([
      expect.objectContaining({ logicalId: 'Reader', properties: { Target: 'data-pictures' }, assetPath: '/code' }),
      expect.objectContaining({ logicalId: 'Pictures', ref: 'data-pictures', region: 'eu-west-1' }),
    ]);
  });

  it('says what is not run, once for each reason and place', () => {
    const bucket = { type: 'AWS::S3::Bucket', properties: { Tags: [] } };
    const role = { type: 'AWS::IAM::Role', properties: { Anything: 1 } };

    const { resources, notRun } = plan({ data: { resources: { A: bucket, B: bucket, C: role } } });

    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['A', 'B']);
    expect([...notRun]).toEqual([
      ['For billing.', ['AWS::S3::Bucket Tags']],
      ['Rights are not evaluated.', ['AWS::IAM::Role']],
    ]);
  });
});

describe('a plan is refused', () => {
  it('for a type, a property, an attribute, a section and a reference that nobody knows, all at once', () => {
    const problems = problemsOf({
      data: {
        unknownSections: ['Conditions'],
        resources: {
          Queue: { type: 'AWS::SQS::Queue' },
          Pictures: {
            type: 'AWS::S3::Bucket',
            properties: { Foo: 1, BucketName: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
            unknownAttributes: ['Condition'],
          },
        },
        outputs: { Broken: { value: { Ref: 'Gone' } } },
      },
    });

    expect(problems).toEqual([
      'data: the template section Conditions is not known to the local cloud.',
      'data: output Broken: Gone is neither a resource nor a parameter known to the local cloud.',
      'data: resource Queue (AWS::SQS::Queue): the resource type is not known to the local cloud.',
      'data: resource Pictures (AWS::S3::Bucket): the attribute Condition is not known to the local cloud.',
      'data: resource Pictures (AWS::S3::Bucket): the attribute Arn of Queue (AWS::SQS::Queue) is not known to the local cloud.',
      'data: resource Pictures (AWS::S3::Bucket): property Foo is not known to the local cloud.',
    ]);
  });

  it('for a broken reference in what is left to CloudFormation', () => {
    const role = { type: 'AWS::IAM::Role', properties: { Policy: { 'Fn::GetAtt': ['Pictures', 'Gone'] } } };

    expect(problemsOf({ data: { resources: { Role: role, Pictures: { type: 'AWS::S3::Bucket' } } } })).toEqual([
      'data: resource Role (AWS::IAM::Role): the attribute Gone of Pictures (AWS::S3::Bucket) is not known to the local cloud.',
    ]);
  });

  it('for a resource whose name needs itself', () => {
    const self = { type: 'AWS::S3::Bucket', properties: { BucketName: { Ref: 'Self' } } };

    expect(problemsOf({ data: { resources: { Self: self } } })).toEqual([
      'data: resource Self (AWS::S3::Bucket): the value of Self needs itself.',
    ]);
  });
});

describe('a type that another program stands in for', () => {
  const pool = (properties: object) => ({
    data: { resources: { Pool: { type: 'AWS::Cognito::UserPool', properties: { ...properties } } } },
  });

  it('is planned, and its substitute is named', () => {
    const { resources, standIns, notRun } = plan(pool({ UserPoolName: 'people' }));

    expect(resources).toMatchObject([{ type: 'AWS::Cognito::UserPool', properties: { UserPoolName: 'people' } }]);
    expect([...standIns]).toEqual([['an OpenID issuer', ['AWS::Cognito::UserPool']]]);
    expect(notRun.size).toBe(0);
  });

  it('is checked like any other', () => {
    expect(problemsOf(pool({ LambdaConfig: {} }))).toEqual([
      'data: resource Pool (AWS::Cognito::UserPool): property LambdaConfig is not known to the local cloud.',
    ]);
  });
});

it('a type that two services declare is refused', () => {
  const role = { class: 'cloudFormationOnly', type: 'AWS::IAM::Role', reason: 'x' } as const;

  expect(() => catalogueOf([role, role])).toThrow('The resource type AWS::IAM::Role is declared twice.');
});
