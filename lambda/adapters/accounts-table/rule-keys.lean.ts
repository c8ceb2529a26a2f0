import type { MatcherType } from '../../core/protection/rules/rule.ts';

/**
 * Keys of rules in the accounts table, one partition for each type: the transformer asks for one type alone, without
 * ElectroDB. A test holds template and function together.
 */
export const RULE_KEY = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  partitionTemplate: 'access-rules#${type}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'rule#${id}',
  partitionOf: (type: MatcherType): string => `access-rules#${type}`,
} as const;
