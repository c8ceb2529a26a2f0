import type { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnIPSet, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { AccessRuleGroup } from './access-rule-group.ts';
import { type ForwardedViewers, forwardedIp, fromCdnAlone, HIDDEN_SECRET } from './forwarded-rules.ts';
import { awsManagedRules } from './web-acl-managed-rules.ts';
import { visibility, type WebAclRule } from './web-acl-rule.ts';

/**
 * Capacity units of the rules that the API keeps: four IP sets and five statements for countries in each direction need
 * 14. A group cannot grow (AWS WAF, "Setting a rule group's capacity").
 */
const ACCESS_RULES_CAPACITY = 50;

/** Requests of one address are counted over this many seconds. */
const RATE_WINDOW_SECONDS = 300;

export interface WebAclProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Of the function that keeps the access rules over a change of their group. */
  readonly keeperCode: Code;
  /** CIDR blocks, IPv4 and IPv6. */
  readonly blockedAddresses: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly blockedCountries: readonly string[];
  /** Requests that one address may make in 5 minutes. */
  readonly requestsPerAddress: number;
  /** Another CDN is in front. @default viewers ask us */
  readonly forwarded?: ForwardedViewers | undefined;
  /** The owner's, before all others but the one that asks for another CDN's secret. @default none */
  readonly ownRules?: readonly WebAclRule[];
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
    const group = new AccessRuleGroup(this, 'AccessRules', {
      deployment: props.deployment,
      code: props.keeperCode,
      group: { capacity: ACCESS_RULES_CAPACITY, visibilityConfig: visibility('AccessRules') },
    });
    this.accessRuleGroupArn = group.arn;
    const ours = [...this.#addressRules(props), ...countryRules(props), accessRules(group), rateRule(props)];
    const { forwarded } = props;
    const first = forwarded ? [fromCdnAlone(forwarded)] : [];
    const rules = withOwnRules(first, props.ownRules ?? [], [...ours, ...awsManagedRules()]);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      description: 'Who gets no media',
      defaultAction: { allow: {} },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) })),
      visibilityConfig: visibility('WebAcl'),
      ...(forwarded && { dataProtectionConfig: HIDDEN_SECRET }),
    });
    acl.node.addDependency(group.filled);
    this.arn = acl.attrArn;
  }

  /** An IP set holds one kind of address. */
  #addressRules({ blockedAddresses, forwarded }: WebAclProps): WebAclRule[] {
    const isV6 = (block: string) => block.includes(':');
    return [
      this.#addressRule(
        'BlockedIPv4',
        'IPV4',
        blockedAddresses.filter((block) => !isV6(block)),
        forwarded,
      ),
      this.#addressRule('BlockedIPv6', 'IPV6', blockedAddresses.filter(isV6), forwarded),
    ];
  }

  #addressRule(
    name: string,
    ipAddressVersion: 'IPV4' | 'IPV6',
    addresses: string[],
    forwarded: ForwardedViewers | undefined,
  ): WebAclRule {
    const set = new CfnIPSet(this, name, {
      scope: 'CLOUDFRONT',
      description: 'Addresses that get no media',
      ipAddressVersion,
      addresses,
    });
    const ip = forwardedIp(forwarded);
    const ipSetReferenceStatement = {
      arn: set.attrArn,
      ...(ip && { ipSetForwardedIpConfig: { ...ip, position: 'FIRST' } }),
    };
    return { name, action: { block: {} }, statement: { ipSetReferenceStatement } };
  }
}

/** @throws when two rules have one name, which AWS WAF refuses only at deployment */
function withOwnRules(
  first: readonly WebAclRule[],
  own: readonly WebAclRule[],
  ours: readonly WebAclRule[],
): WebAclRule[] {
  const rules = [...first, ...own, ...ours];
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice === undefined) return rules;
  const taken = [...first, ...ours].map(({ name }) => name).join(', ');
  throw new Error(`Two rules of the web ACL have the name "${twice}". Names that are taken: ${taken}.`);
}

function countryRules({ blockedCountries, forwarded }: WebAclProps): WebAclRule[] {
  if (blockedCountries.length === 0) return [];
  const forwardedIpConfig = forwardedIp(forwarded);
  const geoMatchStatement = { countryCodes: [...blockedCountries], ...(forwardedIpConfig && { forwardedIpConfig }) };
  return [{ name: 'BlockedCountries', action: { block: {} }, statement: { geoMatchStatement } }];
}

function accessRules(group: AccessRuleGroup): WebAclRule {
  const statement = { ruleGroupReferenceStatement: { arn: group.arn } };
  return { name: 'AccessRules', overrideAction: { none: {} }, statement };
}

function rateRule({ requestsPerAddress, forwarded }: WebAclProps): WebAclRule {
  const forwardedIpConfig = forwardedIp(forwarded);
  const rateBasedStatement = {
    aggregateKeyType: forwardedIpConfig ? 'FORWARDED_IP' : 'IP',
    ...(forwardedIpConfig && { forwardedIpConfig }),
    evaluationWindowSec: RATE_WINDOW_SECONDS,
    limit: requestsPerAddress,
  };
  return { name: 'RatePerAddress', action: { block: {} }, statement: { rateBasedStatement } };
}
