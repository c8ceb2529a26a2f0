import type { PathPolicy } from './path-policy.ts';
import type { PathPolicyStore } from './path-policy-store.ts';

/** The path policies by which values are checked. */
export type PoliciesOf = () => Promise<readonly PathPolicy[]>;

/** Milliseconds for which policies are remembered, as fields are. */
const REMEMBERED = 5_000;

/** Remembers the policies: an upload need not ask for what hardly ever changes. */
export function knownPolicies({ read }: Pick<PathPolicyStore, 'read'>, clock: () => number = Date.now): PoliciesOf {
  let known: readonly PathPolicy[] = [];
  let knownAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock() - knownAt < REMEMBERED) return known;
    known = (await read()).policies;
    knownAt = clock();
    return known;
  };
}
