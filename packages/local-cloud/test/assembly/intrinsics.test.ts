// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
import { describe, expect, it } from 'vitest';
import { Intrinsics } from '../../src/assembly/intrinsics.ts';
import { CATALOGUE } from '../../src/cloud.ts';
import { HOSTS, type SampleStack, sampleAssembly } from './sample-assembly.ts';

const DATA: SampleStack = {
  resources: {
    Pictures: { type: 'AWS::S3::Bucket', properties: { BucketName: { 'Fn::Sub': 'pictures-${AWS::AccountId}' } } },
    Drafts: { type: 'AWS::S3::Bucket' },
    Render: { type: 'AWS::Lambda::Function' },
    RenderUrl: { type: 'AWS::Lambda::Url' },
  },
  outputs: {
    Host: { value: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['RenderUrl', 'FunctionUrl'] }] }] } },
    Shared: { value: { Ref: 'Pictures' }, exportName: { 'Fn::Sub': '${AWS::StackName}:pictures' } },
  },
};
const EDGE: SampleStack = {
  region: 'us-east-1',
  resources: { Media: { type: 'AWS::CloudFront::Distribution' } },
};

const intrinsics = new Intrinsics(sampleAssembly({ edge: EDGE, data: DATA, other: {} }), HOSTS, CATALOGUE);
const resolve = (value: unknown, stack = 'data') => intrinsics.resolve(value, stack);
const given = (value: unknown, stack?: string) => {
  const { value: resolved, problems } = resolve(value, stack);
  expect(problems).toEqual([]);
  return resolved;
};

describe('references', () => {
  it('give names that the template asks for, and names made of stack and logical id', () => {
    expect(given({ Ref: 'Pictures' })).toBe('pictures-000000000000');
    expect(given({ Ref: 'Drafts' })).toBe('data-drafts');
    expect(given({ Ref: 'Render' })).toBe('data-Render');
  });

  it('give attributes, written as list or with a dot', () => {
    const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:data-Render';

    expect(given({ 'Fn::GetAtt': ['Render', 'Arn'] })).toBe(arn);
    expect(given({ 'Fn::GetAtt': 'Render.Arn' })).toBe(arn);
  });

  it("give this machine's addresses for the distribution", () => {
    expect(given({ 'Fn::GetAtt': ['Media', 'DomainName'] }, 'edge')).toBe('localhost:4000');
  });

  it('give pseudo parameters of the stack that asks', () => {
    expect(given([{ Ref: 'AWS::Region' }, { Ref: 'AWS::StackName' }], 'edge')).toEqual(['us-east-1', 'edge']);
  });

  it('leave out what AWS::NoValue removes', () => {
    const nothing = { Ref: 'AWS::NoValue' };

    expect(given({ a: 1, b: nothing, c: [1, nothing, 2] })).toEqual({ a: 1, c: [1, 2] });
    expect(given(nothing)).toBeUndefined();
  });
});

describe('functions', () => {
  it('join, split and select, also within each other', () => {
    expect(given({ 'Fn::Join': ['-', ['a', { Ref: 'Drafts' }, 3]] })).toBe('a-data-drafts-3');
    expect(given({ 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b'] }] })).toBe('b');
    expect(given({ 'Fn::Join': ['', { 'Fn::Split': ['|', 'a|b'] }] })).toBe('ab');
  });

  it('substitute references, attributes, own variables and literals', () => {
    const text = '${Drafts} ${Render.Arn} ${own} ${!kept} ${AWS::Partition}';

    expect(given({ 'Fn::Sub': [text, { own: { Ref: 'Pictures' } }] })).toBe(
      'data-drafts arn:aws:lambda:eu-west-1:000000000000:function:data-Render pictures-000000000000 ${kept} aws',
    );
  });

  it('read outputs of other stacks whatever the order', () => {
    const output = { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Host', Region: 'eu-west-1' } };

    expect(given(output, 'edge')).toMatch(/^[0-9a-f]{32}\.lambda-url\.local$/);
  });

  it('import what a stack of the region exports', () => {
    expect(given({ 'Fn::ImportValue': 'data:pictures' }, 'other')).toBe('pictures-000000000000');
    expect(resolve({ 'Fn::ImportValue': 'data:pictures' }, 'edge').problems).toEqual([
      'no stack of the region exports data:pictures',
    ]);
  });
});

describe('what cannot be resolved', () => {
  it.each([
    [{ Ref: 'Gone' }, 'Gone is neither a resource nor a parameter known to the local cloud'],
    [{ 'Fn::GetAtt': ['Gone', 'Arn'] }, 'Gone is neither a resource nor a parameter known to the local cloud'],
    [
      { 'Fn::GetAtt': ['Drafts', 'Mood'] },
      'the attribute Mood of Drafts (AWS::S3::Bucket) is not known to the local cloud',
    ],
    [
      { 'Fn::GetAtt': ['Drafts', 'constructor'] },
      'the attribute constructor of Drafts (AWS::S3::Bucket) is not known to the local cloud',
    ],
    [{ 'Fn::Cidr': ['10.0.0.0/8', 1, 8] }, 'the intrinsic function Fn::Cidr is not known to the local cloud'],
    [{ Condition: 'IsLarge' }, 'the intrinsic function Condition is not known to the local cloud'],
    [{ 'Fn::Select': [5, ['a']] }, 'the intrinsic function Fn::Select asks for item 5 of 1'],
    [{ 'Fn::Join': ['', 'text'] }, 'the intrinsic function Fn::Join has no list'],
    [{ 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Gone' } }, 'the stack data has no output Gone'],
  ])('%j is named', (value, problem) => {
    expect(resolve({ deep: [value] }).problems).toEqual([problem]);
  });

  it('is named all at once, also within one function', () => {
    const { problems } = resolve({
      'Fn::Join': ['', [{ Ref: 'A' }, { 'Fn::Sub': '${B} ${C.Arn}' }, { 'Fn::Nope': 1 }]],
    });

    expect(problems.map((problem) => problem.match(/\b(A|B|C|Fn::Nope)\b/)?.[0])).toEqual(['A', 'B', 'C', 'Fn::Nope']);
  });

  it('includes values that need themselves', () => {
    const circle = sampleAssembly({
      one: {
        resources: {
          A: { type: 'AWS::S3::Bucket', properties: { BucketName: { Ref: 'B' } } },
          B: { type: 'AWS::S3::Bucket', properties: { BucketName: { Ref: 'A' } } },
        },
        outputs: { Loop: { value: { 'Fn::GetStackOutput': { StackName: 'one', OutputName: 'Loop' } } } },
      },
    });
    const circular = new Intrinsics(circle, HOSTS, CATALOGUE);
    const properties = circle.stacks.get('one')?.resources.get('A')?.properties;

    expect(circular.resolve(properties, 'one').problems).toEqual(['the value of B needs itself']);
    expect(circular.resolve(circle.stacks.get('one')?.outputs.get('Loop')?.value, 'one').problems).toEqual([
      'the value of Loop needs itself',
    ]);
  });
});
