import { describe, expect, it } from 'vitest';
import { createWebAcl, type Statement, type WebAclOptions } from '../../../src/services/waf/web-acl.ts';

const SETS = new Map([
  ['v4', { Addresses: ['192.0.2.0/24', '203.0.113.7/32'] }],
  ['v6', { Addresses: ['2001:db8::/32'] }],
  ['empty', { Addresses: [] }],
  ['broken', { Addresses: ['192.0.2.1'] }],
]);

const ALLOW = { DefaultAction: { Allow: {} } };

function acl(statement: Statement, options: WebAclOptions = {}) {
  const rules = [{ Name: 'rule', Priority: 0, Statement: statement, Action: { Block: {} } }];
  return createWebAcl({ ...ALLOW, Rules: rules }, SETS, options);
}

const from = (ip: string, more: object = {}) => ({ ip, method: 'GET', uri: '/', query: '', headers: {}, ...more });
const ELSEWHERE = from('198.51.100.1');

const inSet: Statement = { IPSetReferenceStatement: { Arn: 'v4' } };
const inCountry: Statement = { GeoMatchStatement: { CountryCodes: ['XX'] } };

describe('the local web ACL', () => {
  it.each([
    ['v4', '192.0.2.7', 'block'],
    ['v4', '203.0.113.7', 'block'],
    ['v4', '203.0.113.8', 'allow'],
    ['v4', '2001:db8::1', 'allow'],
    ['v6', '2001:db8::1', 'block'],
    ['v6', '192.0.2.7', 'allow'],
    ['empty', '192.0.2.7', 'allow'],
    ['v4', '', 'allow'],
  ])('finds of the set %s the address "%s": %s', (set, ip, action) => {
    expect(acl({ IPSetReferenceStatement: { Arn: set } }).decide(from(ip)).action).toBe(action);
  });

  it('blocks countries where the country is known, which a viewer does not tell', () => {
    const told = from('198.51.100.1', { headers: { 'cloudfront-viewer-country': 'XX' } });
    const listening = acl(inCountry, { countryHeader: 'cloudfront-viewer-country' });

    expect(acl(inCountry).decide({ ...ELSEWHERE, country: 'XX' }).action).toBe('block');
    expect(acl(inCountry).decide({ ...ELSEWHERE, country: 'YY' }).action).toBe('allow');
    expect([acl(inCountry).decide(told).action, listening.decide(told).action]).toEqual(['allow', 'block']);
  });

  it('combines statements', () => {
    expect(acl({ NotStatement: { Statement: inSet } }).decide(ELSEWHERE).action).toBe('block');
    expect(acl({ AndStatement: { Statements: [inSet, inCountry] } }).decide(from('192.0.2.1')).action).toBe('allow');
    expect(acl({ OrStatement: { Statements: [inSet, inCountry] } }).decide(from('192.0.2.1')).action).toBe('block');
    const nested = { AndStatement: { Statements: [inSet, { NotStatement: { Statement: inCountry } }] } };
    expect(acl(nested).decide(from('192.0.2.1')).action).toBe('block');
  });

  it('goes by priority; a rule that counts lets the next one decide', () => {
    const everyone: Statement = { NotStatement: { Statement: { IPSetReferenceStatement: { Arn: 'empty' } } } };
    const rule = (Priority: number, Action: object, statement = everyone) => ({
      Name: `rule ${Priority}`,
      Priority,
      Statement: statement,
      Action,
    });
    const decide = (...Rules: object[]) => createWebAcl({ ...ALLOW, Rules }, SETS, {}).decide(from('192.0.2.1')).action;

    expect(decide(rule(2, { Block: {} }), rule(1, { Allow: {} }))).toBe('allow');
    expect(decide(rule(1, { Count: {} }), rule(2, { Block: {} }))).toBe('block');
    expect(decide(rule(1, { Count: {} }))).toBe('allow');
  });

  it('gives what earlier rules have found to later ones, as labels', () => {
    const labelled = (Scope: string, Key: string) =>
      createWebAcl(
        {
          ...ALLOW,
          Rules: [
            { Name: 'find', Priority: 1, Statement: inSet, Action: { Count: {} }, RuleLabels: [{ Name: 'who:known' }] },
            { Name: 'act', Priority: 2, Statement: { LabelMatchStatement: { Scope, Key } }, Action: { Block: {} } },
          ],
        },
        SETS,
        {},
      );
    const inside = from('192.0.2.1');

    expect(labelled('LABEL', 'who:known').decide(inside).action).toBe('block');
    expect(labelled('LABEL', 'known').decide(inside).action).toBe('block');
    expect(labelled('LABEL', 'nown').decide(inside).action).toBe('allow');
    expect(labelled('NAMESPACE', 'who').decide(inside).action).toBe('block');
    expect(labelled('NAMESPACE', 'wh').decide(inside).action).toBe('allow');
    expect(labelled('LABEL', 'who:known').decide(ELSEWHERE).action).toBe('allow');
    const country = { ...inside, country: 'XX' };
    expect(labelled('LABEL', 'awswaf:clientip:geo:country:XX').decide(country).action).toBe('block');
  });

  it('answers as the action says', () => {
    const blocking = (CustomResponse: object) =>
      createWebAcl(
        {
          DefaultAction: { Block: { CustomResponse } },
          CustomResponseBodies: { sorry: { Content: '{"sorry":true}', ContentType: 'APPLICATION_JSON' } },
        },
        SETS,
        {},
      ).decide(ELSEWHERE);

    expect(blocking({ ResponseCode: 429, ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }] })).toEqual({
      action: 'block',
      status: 429,
      body: '',
      headers: { 'retry-after': '60' },
    });
    expect(blocking({ ResponseCode: 403, CustomResponseBodyKey: 'sorry' })).toEqual({
      action: 'block',
      status: 403,
      body: '{"sorry":true}',
      headers: { 'content-type': 'application/json' },
    });
    expect(acl(inSet).decide(from('192.0.2.1'))).toEqual({ action: 'block', status: 403 });
  });

  it('lists what only AWS can evaluate, and does not apply it', () => {
    const managed = acl({ ManagedRuleGroupStatement: { Name: 'AWS' } });

    expect(managed.notEvaluated).toEqual(['rule']);
    expect(managed.decide(ELSEWHERE).action).toBe('allow');
  });

  it('stops the start for what it does not know', () => {
    expect(() => acl({ AsnMatchStatement: {} } as unknown as Statement)).toThrow('AsnMatchStatement is not evaluated');
    expect(() => acl({ IPSetReferenceStatement: { Arn: 'other' } })).toThrow('There is no IP set other');
    expect(() => acl({ IPSetReferenceStatement: { Arn: 'broken' } })).toThrow('no CIDR block');
  });
});
