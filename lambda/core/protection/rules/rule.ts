import type { Cidr } from './cidr.ts';

/** Where a rule holds: everywhere, or on one endpoint by its id. */
export type RuleScope = string;

export const GLOBAL_SCOPE = 'global';

/** `allow`: requests that no allow rule of this kind takes are refused in this scope. A block outweighs it. */
export type RuleEffect = 'block' | 'allow';

/** What one rule looks at. */
export type Matcher =
  | { readonly type: 'ip'; readonly blocks: readonly Cidr[] }
  | { readonly type: 'country'; readonly codes: readonly string[] }
  | {
      readonly type: 'referrer';
      /** Lower-case ASCII hosts, or `*.host` for every host below it. */
      readonly hosts: readonly string[];
      /** What the rule does to requests without a referrer, or with a malformed one. */
      readonly withoutReferrer: RuleEffect;
    }
  | {
      readonly type: 'urlPattern';
      /** See glob.ts; folded. */
      readonly patterns: readonly string[];
    };

export type MatcherType = Matcher['type'];

export const MATCHER_TYPES = ['ip', 'country', 'referrer', 'urlPattern'] as const satisfies readonly MatcherType[];

/** What a caller decides about a rule. */
export interface RuleDraft {
  readonly scope: RuleScope;
  readonly effect: RuleEffect;
  readonly matcher: Matcher;
  readonly reason: string;
  readonly author: string;
  /** ISO 8601 with milliseconds and Z. */
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** Undefined for what is no id of a rule. */
export function typeOfRuleId(id: string): MatcherType | undefined {
  const [type, rest = ''] = id.split('_');
  return /^[0-9a-f]{24}$/.test(rest) ? MATCHER_TYPES.find((known) => known === type) : undefined;
}

/** A block or allow rule. Its id begins with the matcher's type, which never changes. */
export interface Rule extends RuleDraft {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function hasRuleEnded({ endsAt }: Pick<Rule, 'endsAt'>, now: number): boolean {
  return endsAt !== undefined && Date.parse(endsAt) <= now;
}

export function isActive(rule: Pick<Rule, 'startsAt' | 'endsAt'>, now: number): boolean {
  return !hasRuleEnded(rule, now) && (rule.startsAt === undefined || Date.parse(rule.startsAt) <= now);
}
