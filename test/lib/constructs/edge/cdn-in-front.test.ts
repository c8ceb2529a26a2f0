import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const cdnInFront = { addressHeader: 'cf-connecting-ip', secrets: ['second', 'first'] };

const edgeWith = (more: object = {}): Template =>
  templatesOf(vitrineApp({ vitrine: { blockedCountries: ['AQ'], cdnInFront: { ...cdnInFront, ...more } } })).edge;

interface Rule {
  readonly Name: string;
  readonly Action?: object;
  readonly Statement: unknown;
}

const rulesOf = (template: Template): readonly Rule[] =>
  Object.values(template.findResources('AWS::WAFv2::WebACL')).find(
    ({ Properties }) => Properties.Description === 'Who gets no media',
  )?.Properties.Rules;

describe('a deployment behind another CDN', () => {
  const edge = edgeWith();

  it('first refuses what shows none of its secrets, which the template refers to and does not have', () => {
    const [first] = rulesOf(edge);
    const text = JSON.stringify(first);

    expect(first).toMatchObject({ Name: 'FromCdnInFront', Action: { Block: {} } });
    expect(text.match(/\{\{resolve:secretsmanager:/g)).toHaveLength(2);
    edge.resourcePropertiesCountIs(
      'AWS::SecretsManager::Secret',
      {
        Name: Match.stringLikeRegexp('^vitrine-cdn-in-front-(first|second)$'),
        GenerateSecretString: Match.objectLike({ PasswordLength: 48 }),
      },
      2,
    );
  });

  it('hides the secret in the requests that AWS WAF shows', () => {
    edge.hasResourceProperties('AWS::WAFv2::WebACL', {
      DataProtectionConfig: {
        DataProtections: [
          { Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['x-vitrine-cdn-secret'] }, Action: 'SUBSTITUTION' },
        ],
      },
    });
  });

  it('goes by the address that the CDN names, in every rule that goes by addresses', () => {
    const byName = new Map(rulesOf(edge).map((rule) => [rule.Name, JSON.stringify(rule.Statement)]));

    for (const name of ['BlockedIPv4', 'BlockedIPv6', 'BlockedCountries', 'RatePerAddress'])
      expect(byName.get(name), name).toContain('"HeaderName":"cf-connecting-ip"');
    expect(byName.get('RatePerAddress')).toContain('"AggregateKeyType":"FORWARDED_IP"');
  });

  it('keeps nothing in front, and tells functions the header', () => {
    edge.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: {
          Items: Match.arrayWith([
            { Header: 'CDN-Cache-Control', Value: 'no-store', Override: true },
            { Header: 'Surrogate-Control', Value: 'no-store', Override: true },
          ]),
        },
      },
    });
    expect(JSON.stringify(edge.findResources('AWS::SSM::Parameter'))).toContain(
      '\\"addressHeader\\":\\"cf-connecting-ip\\"',
    );
  });

  it('while it is being set up, counts what comes past it, and goes by who asks', () => {
    const rules = rulesOf(edgeWith({ refuseDirect: false }));

    expect(rules[0]).toMatchObject({ Name: 'FromCdnInFront', Action: { Count: {} } });
    expect(JSON.stringify(rules.slice(1))).not.toContain('cf-connecting-ip');
  });

  it('passes every guard', () => {
    const app = vitrineApp({ 'vitrine:guards': 'on', vitrine: { cdnInFront } });

    expect(() => app.synth()).not.toThrow();
  });
});

describe('a deployment without one', () => {
  it('has nothing of it', () => {
    const { edge } = templatesOf(vitrineApp());

    expect(JSON.stringify(edge.toJSON())).not.toMatch(
      /cdn-in-front|CDN-Cache-Control|FORWARDED_IP|x-vitrine-viewer-address/i,
    );
  });
});
