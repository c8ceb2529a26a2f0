import type { WebAclRule } from './web-acl-rule.ts';

/**
 * Rules of the common rule set that only count, because media URLs do what they look for: long transformations in path
 * and query, text of layers, addresses of remote images, extensions of any original, programs without a user agent.
 * The edge function parses every URL against a closed grammar anyway.
 */
const ONLY_COUNTED = [
  'CrossSiteScripting_QUERYARGUMENTS',
  'CrossSiteScripting_URIPATH',
  'GenericLFI_QUERYARGUMENTS',
  'GenericLFI_URIPATH',
  'GenericRFI_QUERYARGUMENTS',
  'GenericRFI_URIPATH',
  'NoUserAgent_HEADER',
  'RestrictedExtensions_QUERYARGUMENTS',
  'RestrictedExtensions_URIPATH',
  'SizeRestrictions_QUERYSTRING',
  'SizeRestrictions_URIPATH',
];

/** AWS's own rules (AWS WAF, "AWS Managed Rules rule groups list"), together 925 capacity units of the 5000. */
export function awsManagedRules(): WebAclRule[] {
  return [
    managed('AWSManagedRulesAmazonIpReputationList'),
    managed('AWSManagedRulesKnownBadInputsRuleSet'),
    managed('AWSManagedRulesCommonRuleSet', ONLY_COUNTED),
  ];
}

function managed(name: string, onlyCounted: readonly string[] = []): WebAclRule {
  const ruleActionOverrides = onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(ruleActionOverrides.length > 0 && { ruleActionOverrides }),
      },
    },
  };
}
