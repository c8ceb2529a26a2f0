import { describe, expect, it } from 'vitest';
import { createWebAcl, type Statement } from '../../../src/services/waf/web-acl.ts';

const REQUEST = {
  ip: '198.51.100.1',
  method: 'GET',
  uri: '/Photos/%2e%2E/a  b',
  query: 'Name=One&other=%54wo&name=three&flag',
  headers: { 'user-agent': 'Bot/1.0' },
};

function blocks(statement: Statement, request: typeof REQUEST = REQUEST): boolean {
  const rules = [{ Name: 'rule', Priority: 0, Statement: statement, Action: { Block: {} } }];
  return createWebAcl({ DefaultAction: { Allow: {} }, Rules: rules }, new Map(), {}).decide(request).action === 'block';
}

const steps = (...types: string[]) => types.map((Type, Priority) => ({ Priority, Type }));

const contains = (FieldToMatch: object, SearchString: string, types = ['NONE'], PositionalConstraint = 'CONTAINS') =>
  blocks({
    ByteMatchStatement: { FieldToMatch, SearchString, PositionalConstraint, TextTransformations: steps(...types) },
  });

describe('a web ACL looks at', () => {
  it.each<[string, object, string, boolean]>([
    ['the path', { UriPath: {} }, '/Photos/', true],
    ['the path, not the query', { UriPath: {} }, 'Name', false],
    ['the query', { QueryString: {} }, 'Name=One&', true],
    ['the method', { Method: {} }, 'GET', true],
    ['a header', { SingleHeader: { Name: 'User-Agent' } }, 'Bot', true],
    ['a header that is not there', { SingleHeader: { Name: 'referer' } }, '', false],
    ['every value of a parameter', { SingleQueryArgument: { Name: 'NAME' } }, 'three', true],
    ['a parameter, not another', { SingleQueryArgument: { Name: 'name' } }, 'wo', false],
    ['all parameters', { AllQueryArguments: {} }, '%54wo', true],
    ['names of parameters', { AllQueryArguments: {} }, 'flag', true],
  ])('%s', (_, field, text, expected) => {
    expect(contains(field, text)).toBe(expected);
  });

  it('text after transformations, in their order', () => {
    const path = { UriPath: {} };

    expect(contains(path, '/photos/', ['LOWERCASE'])).toBe(true);
    expect(contains(path, '/Photos/../a b', ['URL_DECODE', 'COMPRESS_WHITE_SPACE'], 'EXACTLY')).toBe(true);
    expect(contains({ AllQueryArguments: {} }, 'two', ['LOWERCASE', 'URL_DECODE'])).toBe(false);
    expect(contains({ AllQueryArguments: {} }, 'two', ['URL_DECODE', 'LOWERCASE'])).toBe(true);
    expect(() => contains(path, 'a', ['BASE64_DECODE'])).toThrow('BASE64_DECODE is not evaluated');
  });

  it.each([
    ['EXACTLY', 'GET', true],
    ['EXACTLY', 'GE', false],
    ['STARTS_WITH', 'GE', true],
    ['STARTS_WITH', 'ET', false],
    ['ENDS_WITH', 'ET', true],
    ['ENDS_WITH', 'GE', false],
  ])('a text that %s %s', (constraint, text, expected) => {
    expect(contains({ Method: {} }, text, ['NONE'], constraint)).toBe(expected);
  });

  it('bytes given in base64', () => {
    const statement = {
      FieldToMatch: { Method: {} },
      PositionalConstraint: 'EXACTLY',
      SearchStringBase64: Buffer.from('GET').toString('base64'),
      TextTransformations: steps('NONE'),
    };

    expect(blocks({ ByteMatchStatement: statement })).toBe(true);
  });

  it('regular expressions', () => {
    const matches = (RegexString: string) =>
      blocks({
        RegexMatchStatement: { FieldToMatch: { UriPath: {} }, RegexString, TextTransformations: steps('NONE') },
      });

    expect([matches('^/Photos/.*b$'), matches('^Photos')]).toEqual([true, false]);
  });

  it.each([
    ['EQ', 3, true],
    ['NE', 3, false],
    ['LE', 3, true],
    ['LT', 3, false],
    ['GE', 4, false],
    ['GT', 2, true],
  ])('sizes: %s %s', (ComparisonOperator, Size, expected) => {
    const statement = { FieldToMatch: { Method: {} }, ComparisonOperator, Size, TextTransformations: steps('NONE') };

    expect(blocks({ SizeConstraintStatement: statement })).toBe(expected);
  });
});
