import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';

const METRICS: PropertySpec = { ignored: 'There are no metrics on this machine.' };

const NOTHING_MORE: PropertySpec = { only: [{}] };

const BLOCK: PropertySpec = {
  object: {
    CustomResponse: {
      object: {
        CustomResponseBodyKey: 'run',
        ResponseCode: 'run',
        ResponseHeaders: { list: { object: { Name: 'run', Value: 'run' } } },
      },
    },
  },
};

const ACTION: PropertySpec = { object: { Allow: NOTHING_MORE, Block: BLOCK, Count: NOTHING_MORE } };

const INSPECTION: Readonly<Record<string, PropertySpec>> = {
  FieldToMatch: {
    object: {
      AllQueryArguments: NOTHING_MORE,
      Method: NOTHING_MORE,
      QueryString: NOTHING_MORE,
      SingleHeader: { object: { Name: 'run' } },
      SingleQueryArgument: { object: { Name: 'run' } },
      UriPath: NOTHING_MORE,
    },
  },
  TextTransformations: {
    list: {
      object: { Priority: 'run', Type: { only: ['NONE', 'LOWERCASE', 'URL_DECODE', 'COMPRESS_WHITE_SPACE'] } },
    },
  },
};

const FORWARDED: Readonly<Record<string, PropertySpec>> = {
  FallbackBehavior: { only: ['MATCH', 'NO_MATCH'] },
  HeaderName: 'run',
};

const SINGLE_STATEMENTS: Readonly<Record<string, PropertySpec>> = {
  ByteMatchStatement: {
    object: {
      ...INSPECTION,
      PositionalConstraint: { only: ['EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS'] },
      SearchString: 'run',
      SearchStringBase64: 'run',
    },
  },
  GeoMatchStatement: { object: { CountryCodes: 'run', ForwardedIPConfig: { object: FORWARDED } } },
  IPSetReferenceStatement: {
    object: { Arn: 'run', IPSetForwardedIPConfig: { object: { ...FORWARDED, Position: { only: ['FIRST'] } } } },
  },
  LabelMatchStatement: { object: { Key: 'run', Scope: { only: ['LABEL', 'NAMESPACE'] } } },
  RegexMatchStatement: { object: { ...INSPECTION, RegexString: 'run' } },
  SizeConstraintStatement: {
    object: { ...INSPECTION, ComparisonOperator: { only: ['EQ', 'NE', 'LE', 'LT', 'GE', 'GT'] }, Size: 'run' },
  },
};

/** Statements within statements, to a depth that no rule of ours reaches; a deeper one is named at the start. */
function statements(depth: number): Readonly<Record<string, PropertySpec>> {
  if (depth === 0) return SINGLE_STATEMENTS;
  const inner: PropertySpec = { object: statements(depth - 1) };
  return {
    ...SINGLE_STATEMENTS,
    AndStatement: { object: { Statements: { list: inner } } },
    NotStatement: { object: { Statement: inner } },
    OrStatement: { object: { Statements: { list: inner } } },
  };
}

/** What stands at the top of a rule only. */
const RULE_STATEMENT: PropertySpec = {
  object: {
    ...statements(4),
    RuleGroupReferenceStatement: { object: { Arn: 'run' } },
    ManagedRuleGroupStatement: { ignored: 'Managed rule groups of the web ACL are AWS’s own.' },
    RateBasedStatement: {
      object: {
        AggregateKeyType: { only: ['IP', 'FORWARDED_IP'] },
        EvaluationWindowSec: 'run',
        ForwardedIPConfig: { object: FORWARDED },
        Limit: 'run',
        ScopeDownStatement: { object: statements(4) },
      },
    },
  },
};

const RULE: PropertySpec = {
  object: {
    Action: ACTION,
    Name: 'run',
    OverrideAction: { only: [{ None: {} }, { Count: {} }] },
    Priority: 'run',
    RuleLabels: { list: { object: { Name: 'run' } } },
    Statement: RULE_STATEMENT,
    VisibilityConfig: METRICS,
  },
};

/** What is run of web ACLs. */
export const WAF_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::WAFv2::IPSet',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('wafv2', region, `global/ipset/${name}`) },
    }),
    properties: {
      Addresses: 'run',
      Description: TEXT_FOR_PEOPLE,
      IPAddressVersion: 'run',
      Name: TEXT_FOR_PEOPLE,
      Scope: { only: ['CLOUDFRONT'] },
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'run',
    type: 'AWS::WAFv2::RuleGroup',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('wafv2', region, `global/rulegroup/${name}/${name}`), Id: name },
    }),
    properties: {
      Capacity: { ignored: 'Capacity units are AWS’s own measure.' },
      Description: TEXT_FOR_PEOPLE,
      Name: TEXT_FOR_PEOPLE,
      Rules: { only: [] },
      Scope: { only: ['CLOUDFRONT'] },
      Tags: TEXT_FOR_PEOPLE,
      VisibilityConfig: 'run',
    },
  },
  {
    class: 'run',
    type: 'AWS::WAFv2::WebACL',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('wafv2', region, `global/webacl/${name}`) },
    }),
    properties: {
      CustomResponseBodies: 'run',
      DataProtectionConfig: { ignored: 'There are no sampled requests and no logs of the web ACL on this machine.' },
      DefaultAction: ACTION,
      Description: TEXT_FOR_PEOPLE,
      Name: TEXT_FOR_PEOPLE,
      Rules: { list: RULE },
      Scope: { only: ['CLOUDFRONT'] },
      Tags: TEXT_FOR_PEOPLE,
      VisibilityConfig: METRICS,
    },
  },
];
