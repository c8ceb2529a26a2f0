import { formatCidr } from './cidr.ts';
import type { Matcher, Rule } from './rule.ts';
import { hasRuleEnded, isActive } from './rule.ts';

/** Milliseconds after which a change has reached every edge. */
export const SPREADING = 60_000;

/**
 * A rule as the API shows it. `status` is `scheduled`, `spreading` (in force or ended, but not yet at every edge),
 * `active` or `ended`.
 */
export function ruleAnswer(rule: Rule, now: number) {
  const { matcher, ...others } = rule;
  return { ...others, match: matchAnswer(matcher), status: statusOf(rule, now) };
}

function matchAnswer(matcher: Matcher) {
  switch (matcher.type) {
    case 'ip':
      return { type: matcher.type, values: matcher.blocks.map(formatCidr) };
    case 'country':
      return { type: matcher.type, values: matcher.codes };
    case 'referrer':
      return { type: matcher.type, values: matcher.hosts, withoutReferrer: matcher.withoutReferrer };
    case 'urlPattern':
      return { type: matcher.type, values: matcher.patterns };
  }
}

function statusOf(rule: Rule, now: number): 'scheduled' | 'spreading' | 'active' | 'ended' {
  const { startsAt, endsAt, updatedAt } = rule;
  if (!hasRuleEnded(rule, now) && !isActive(rule, now)) return 'scheduled';
  const changes = [updatedAt, startsAt, endsAt].filter((time) => time !== undefined).map((time) => Date.parse(time));
  if (changes.some((time) => time <= now && now - time < SPREADING)) return 'spreading';
  return hasRuleEnded(rule, now) ? 'ended' : 'active';
}
