import type { RuleDraft, RuleEffect } from './rule.ts';
import { GLOBAL_SCOPE } from './rule.ts';
import type { MatcherInput } from './to-matcher.ts';
import { invalidRule, toMatcher } from './to-matcher.ts';

/** Who wrote a rule when the caller does not say: whoever holds the private key. */
export const DEFAULT_AUTHOR = 'private key';

/** A rule as a caller asks for it; times are ISO 8601 with milliseconds and Z. */
export interface RuleInput {
  /** `global` or the id of an endpoint. @default global */
  readonly scope?: string | undefined;
  readonly effect: RuleEffect;
  readonly match: MatcherInput;
  readonly reason: string;
  /** @default the holder of the private key */
  readonly author?: string | undefined;
  readonly startsAt?: string | null | undefined;
  readonly endsAt?: string | null | undefined;
}

/**
 * @param now milliseconds since 1970; an end that has passed is a mistake
 * @throws Problem rule.invalid with the limit or the allowed values
 */
export function draftRule(input: RuleInput, now: number): RuleDraft {
  const { startsAt, endsAt } = input;
  if (endsAt && Date.parse(endsAt) <= now) throw invalidRule('endsAt has passed already.');
  if (startsAt && endsAt && startsAt >= endsAt) throw invalidRule('endsAt must be after startsAt.');
  return {
    scope: input.scope ?? GLOBAL_SCOPE,
    effect: input.effect,
    matcher: toMatcher(input.match),
    reason: input.reason,
    author: input.author ?? DEFAULT_AUTHOR,
    ...(startsAt && { startsAt }),
    ...(endsAt && { endsAt }),
  };
}
