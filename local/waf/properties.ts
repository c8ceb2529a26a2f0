import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const METRICS: PropertySpec = { ignored: 'metrics and samples are CloudWatch’s' };

const ACTION: PropertySpec = {
  object: { Block: { only: [{}] }, Allow: { only: [{}] }, Count: { only: [{}] } },
};

const SIMPLE_STATEMENTS: Readonly<Record<string, PropertySpec>> = {
  IPSetReferenceStatement: { object: { Arn: 'run' } },
  GeoMatchStatement: { object: { CountryCodes: 'run' } },
  RateBasedStatement: { object: { AggregateKeyType: { only: ['IP'] }, EvaluationWindowSec: 'run', Limit: 'run' } },
  ManagedRuleGroupStatement: { ignored: 'managed rule groups of the web ACL are AWS’s own' },
};

const COMBINED: PropertySpec = { object: { Statements: { list: { object: SIMPLE_STATEMENTS } } } };

const STATEMENT: PropertySpec = {
  object: {
    ...SIMPLE_STATEMENTS,
    NotStatement: { object: { Statement: { object: SIMPLE_STATEMENTS } } },
    AndStatement: COMBINED,
    OrStatement: COMBINED,
  },
};

/** What is run of web ACLs. */
export const WAF_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::WAFv2::IPSet',
    properties: {
      Addresses: 'run',
      IPAddressVersion: 'run',
      Description: { ignored: 'descriptions have no effect' },
      Name: { ignored: 'names of rules and sets have no effect' },
      Scope: { only: ['CLOUDFRONT'] },
    },
  },
  {
    type: 'AWS::WAFv2::WebACL',
    properties: {
      DefaultAction: ACTION,
      Description: { ignored: 'descriptions have no effect' },
      Name: { ignored: 'names of rules and sets have no effect' },
      Scope: { only: ['CLOUDFRONT'] },
      VisibilityConfig: METRICS,
      Rules: {
        list: {
          object: {
            Action: ACTION,
            Name: 'run',
            OverrideAction: { only: [{ None: {} }, { Count: {} }] },
            Priority: 'run',
            Statement: STATEMENT,
            VisibilityConfig: METRICS,
          },
        },
      },
    },
  },
];
