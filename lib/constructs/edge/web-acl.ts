import { CfnIPSet, CfnRuleGroup, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { ACCESS_RULE_GROUP } from './access-rules.ts';
import { awsManagedRules } from './web-acl-managed-rules.ts';
import type { WebAclRule } from './web-acl-rule.ts';

/**
 * Capacity units of the rules that the API keeps: four IP sets and five statements for countries in each direction need
 * 14. A group cannot grow (AWS WAF, "Setting a rule group's capacity").
 */
const ACCESS_RULES_CAPACITY = 50;

/** Requests of one address are counted over this many seconds. */
const RATE_WINDOW_SECONDS = 300;

export interface WebAclProps {
  /** CIDR blocks, IPv4 and IPv6. */
  readonly blockedAddresses: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly blockedCountries: readonly string[];
  /** Requests that one address may make in 5 minutes. */
  readonly requestsPerAddress: number;
}

/**
 * Who gets no media at all: addresses, countries, those who ask too often, and what AWS's managed rules know. It must be
 * in us-east-1, where CloudFront looks for it (AWS WAF, "Scope").
 */
export class WebAcl extends Construct {
  readonly arn: string;
  /** The rule group whose rules the API keeps. */
  readonly accessRuleGroupArn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const group = this.#accessRuleGroup();
    this.accessRuleGroupArn = group.attrArn;
    const own = [...this.#addressRules(props), ...countryRules(props), accessRules(group), rateRule(props)];
    const rules = [...own, ...awsManagedRules()];
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      description: 'Who gets no media',
      defaultAction: { allow: {} },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) })),
      visibilityConfig: visibility('WebAcl'),
    });
    this.arn = acl.attrArn;
  }

  /**
   * Block and allow rules change at run time. The group is declared without its rules, so there is nothing that a
   * deployment would set back or drift detection find different; see docs/decisions/0008-rules-change-without-drift.md.
   */
  #accessRuleGroup(): CfnRuleGroup {
    return new CfnRuleGroup(this, 'AccessRules', {
      name: ACCESS_RULE_GROUP,
      scope: 'CLOUDFRONT',
      capacity: ACCESS_RULES_CAPACITY,
      visibilityConfig: visibility('AccessRules'),
    });
  }

  /** An IP set holds one kind of address. */
  #addressRules({ blockedAddresses }: WebAclProps): WebAclRule[] {
    const isV6 = (block: string) => block.includes(':');
    return [
      this.#addressRule(
        'BlockedIPv4',
        'IPV4',
        blockedAddresses.filter((block) => !isV6(block)),
      ),
      this.#addressRule('BlockedIPv6', 'IPV6', blockedAddresses.filter(isV6)),
    ];
  }

  #addressRule(name: string, ipAddressVersion: 'IPV4' | 'IPV6', addresses: string[]): WebAclRule {
    const set = new CfnIPSet(this, name, {
      scope: 'CLOUDFRONT',
      description: 'Addresses that get no media',
      ipAddressVersion,
      addresses,
    });
    return { name, action: { block: {} }, statement: { ipSetReferenceStatement: { arn: set.attrArn } } };
  }
}

function countryRules({ blockedCountries }: WebAclProps): WebAclRule[] {
  if (blockedCountries.length === 0) return [];
  const geoMatchStatement = { countryCodes: [...blockedCountries] };
  return [{ name: 'BlockedCountries', action: { block: {} }, statement: { geoMatchStatement } }];
}

function accessRules(group: CfnRuleGroup): WebAclRule {
  const statement = { ruleGroupReferenceStatement: { arn: group.attrArn } };
  return { name: 'AccessRules', overrideAction: { none: {} }, statement };
}

function rateRule({ requestsPerAddress }: WebAclProps): WebAclRule {
  const rateBasedStatement = {
    aggregateKeyType: 'IP',
    evaluationWindowSec: RATE_WINDOW_SECONDS,
    limit: requestsPerAddress,
  };
  return { name: 'RatePerAddress', action: { block: {} }, statement: { rateBasedStatement } };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
