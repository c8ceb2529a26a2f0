import { managedRule, type WebAclRule } from './web-acl-rule.ts';

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

/** AWS's own rules for media, together 925 capacity units of the 5000. */
export function awsManagedRules(): WebAclRule[] {
  return [
    managedRule('AWSManagedRulesAmazonIpReputationList'),
    managedRule('AWSManagedRulesKnownBadInputsRuleSet'),
    managedRule('AWSManagedRulesCommonRuleSet', ONLY_COUNTED),
  ];
}
