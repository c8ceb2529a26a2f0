import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { WebAcl } from '../../../../lib/constructs/edge/web-acl.ts';
import { constructStack } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

interface AclRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: unknown;
  readonly OverrideAction?: unknown;
  readonly Statement: Record<string, Record<string, unknown>>;
}

function templateOf(decided: Partial<ConstructorParameters<typeof WebAcl>[2]> = {}): Template {
  const stack = constructStack();
  new WebAcl(stack, 'WebAcl', {
    deployment: 'vitrine',
    keeperCode: fixtureCode().handler('keep-access-rules'),
    blockedAddresses: [],
    blockedCountries: [],
    requestsPerAddress: 20_000,
    ...decided,
  });
  return Template.fromStack(stack);
}

function rulesOf(template: Template): AclRule[] {
  const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  return acl?.Properties.Rules;
}

describe('the web ACL', () => {
  it('is for CloudFront and lets through what no rule stops', () => {
    templateOf().hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
  });

  it('asks its own rules before AWS’s, each at a place of its own', () => {
    const rules = rulesOf(templateOf({ blockedCountries: ['AQ'] }));

    expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'BlockedIPv4'],
      [1, 'BlockedIPv6'],
      [2, 'BlockedCountries'],
      [3, 'AccessRules'],
      [4, 'RatePerAddress'],
      [5, 'AWSManagedRulesAmazonIpReputationList'],
      [6, 'AWSManagedRulesKnownBadInputsRuleSet'],
      [7, 'AWSManagedRulesCommonRuleSet'],
    ]);
  });

  it('asks the owner’s rules first, and has no two with one name', () => {
    const own = (name: string) => ({
      name,
      action: { block: {} },
      statement: { geoMatchStatement: { countryCodes: ['AQ'] } },
    });

    expect(rulesOf(templateOf({ ownRules: [own('NoPenguins')] }))[0]).toMatchObject({
      Name: 'NoPenguins',
      Priority: 0,
    });
    expect(() => templateOf({ ownRules: [own('RatePerAddress')] })).toThrow(/"RatePerAddress".*taken: BlockedIPv4/);
  });

  it('keeps addresses of both kinds, each in its set', () => {
    const template = templateOf({ blockedAddresses: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7/32'] });

    template.hasResourceProperties('AWS::WAFv2::IPSet', {
      IPAddressVersion: 'IPV4',
      Addresses: ['192.0.2.0/24', '198.51.100.7/32'],
      Scope: 'CLOUDFRONT',
    });
    template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32'] });
  });

  it('asks a rule group whose rules no template says, so that none of them can be set back', () => {
    const template = templateOf();
    const [[id, group] = []] = Object.entries(template.findResources('AWS::WAFv2::RuleGroup'));

    expect(group?.Properties).toEqual({
      Name: expect.stringMatching(/^vitrine-access-rules-v[0-9a-f]{8}$/),
      Scope: 'CLOUDFRONT',
      Capacity: 50,
      VisibilityConfig: expect.anything(),
    });
    expect(rulesOf(template).find(({ Name }) => Name === 'AccessRules')).toMatchObject({
      OverrideAction: { None: {} },
      Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } } },
    });
  });

  it('asks about countries only when some are blocked', () => {
    expect(rulesOf(templateOf()).map(({ Name }) => Name)).not.toContain('BlockedCountries');
    expect(rulesOf(templateOf({ blockedCountries: ['AQ', 'BV'] }))[2]).toMatchObject({
      Action: { Block: {} },
      Statement: { GeoMatchStatement: { CountryCodes: ['AQ', 'BV'] } },
    });
  });

  it('blocks an address that asks too often', () => {
    expect(
      rulesOf(templateOf({ requestsPerAddress: 500 })).find(({ Name }) => Name === 'RatePerAddress'),
    ).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 500 } },
    });
  });

  it('does not stop long transformations: the size rules of the common set only count', () => {
    const group = rulesOf(templateOf()).at(-1)?.Statement.ManagedRuleGroupStatement;

    expect(group?.RuleActionOverrides).toEqual(
      expect.arrayContaining([
        { Name: 'SizeRestrictions_QUERYSTRING', ActionToUse: { Count: {} } },
        { Name: 'SizeRestrictions_URIPATH', ActionToUse: { Count: {} } },
      ]),
    );
  });
});
