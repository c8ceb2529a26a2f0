import type { Clock } from '../kernel/clock.ts';
import { problem } from '../kernel/problems.ts';
import type { PathRecord } from '../library/asset.ts';
import { isTakenDown } from '../library/takedown.ts';
import type { EdgeRule } from '../request/edge-rules.ts';
import { isRefused } from '../request/edge-rules.ts';
import { foldPath } from '../request/glob.ts';
import { endpointOfKey } from '../request/variant-key.ts';
import type { RuleEffect, RuleScope } from './rules/rule.ts';
import { GLOBAL_SCOPE } from './rules/rule.ts';

/** A URL-pattern rule as the transformer needs it. */
export interface PatternRule {
  readonly scope: RuleScope;
  readonly effect: RuleEffect;
  readonly patterns: readonly string[];
  readonly startsAt?: string;
  readonly endsAt?: string;
}

export interface CheckAccessDeps {
  readonly patternRules: () => Promise<readonly PatternRule[]>;
  readonly clock: Clock;
}

/**
 * Whether an asset may be shown at all, decided again where bytes are read: for the picture that was asked for, which
 * the edge has checked, and for layers and default images, which it has not.
 * @param variantKey names the endpoint
 * @throws access.refused or asset.taken-down
 */
export type CheckAccess = (variantKey: string, asset: PathRecord) => Promise<void>;

export function checkAccess({ patternRules, clock }: CheckAccessDeps): CheckAccess {
  return async (variantKey, asset) => {
    const now = clock();
    if (isTakenDown(asset, now)) {
      throw problem('asset.taken-down', 'Unavailable for legal reasons.');
    }
    const rules = await patternRules();
    const path = foldPath(asset.path);
    const refuses = (scope: string): boolean =>
      isRefused(
        rules.filter((rule) => rule.scope === scope).map(toEdgeRule),
        // Seconds, as at the edge: both must say the same at the same moment.
        { i: '', c: '', r: '', p: path, now: Math.floor(now / 1000) },
      );
    if (refuses(GLOBAL_SCOPE) || refuses(endpointOfKey(variantKey))) {
      throw problem('access.refused', 'An access rule blocks this request.');
    }
  };
}

function toEdgeRule({ effect, patterns, startsAt, endsAt }: PatternRule): EdgeRule {
  return {
    k: 'p',
    v: patterns,
    ...(effect === 'allow' && { a: 1 as const }),
    ...(startsAt !== undefined && { s: Math.ceil(Date.parse(startsAt) / 1000) }),
    ...(endsAt !== undefined && { e: Math.ceil(Date.parse(endsAt) / 1000) }),
  };
}
