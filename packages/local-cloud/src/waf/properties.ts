import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const METRICS: PropertySpec = { ignored: 'metrics and samples are CloudWatch’s' };
const DESCRIPTION: PropertySpec = { ignored: 'descriptions have no effect' };
const NAME: PropertySpec = { ignored: 'names of rules and sets have no effect' };
const TAGS: PropertySpec = { ignored: 'tags have no effect' };

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

const SINGLE_STATEMENTS: Readonly<Record<string, PropertySpec>> = {
  ByteMatchStatement: {
    object: {
      ...INSPECTION,
      PositionalConstraint: { only: ['EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS'] },
      SearchString: 'run',
      SearchStringBase64: 'run',
    },
  },
  GeoMatchStatement: { object: { CountryCodes: 'run' } },
  IPSetReferenceStatement: { object: { Arn: 'run' } },
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
    ManagedRuleGroupStatement: { ignored: 'managed rule groups of the web ACL are AWS’s own' },
    RateBasedStatement: {
      object: {
        AggregateKeyType: { only: ['IP'] },
        EvaluationWindowSec: 'run',
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
export const WAF_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::WAFv2::IPSet',
    properties: {
      Addresses: 'run',
      Description: DESCRIPTION,
      IPAddressVersion: 'run',
      Name: NAME,
      Scope: { only: ['CLOUDFRONT'] },
      Tags: TAGS,
    },
  },
  {
    type: 'AWS::WAFv2::RuleGroup',
    properties: {
      Capacity: { ignored: 'capacity units are AWS’s measure' },
      Description: DESCRIPTION,
      Name: NAME,
      Rules: { only: [] },
      Scope: { only: ['CLOUDFRONT'] },
      Tags: TAGS,
      VisibilityConfig: 'run',
    },
  },
  {
    type: 'AWS::WAFv2::WebACL',
    properties: {
      CustomResponseBodies: 'run',
      DefaultAction: ACTION,
      Description: DESCRIPTION,
      Name: NAME,
      Rules: { list: RULE },
      Scope: { only: ['CLOUDFRONT'] },
      Tags: TAGS,
      VisibilityConfig: METRICS,
    },
  },
];
