import type { Clock } from '../../kernel/clock.ts';
import type { Report } from '../../kernel/report.ts';
import type { EdgeSource } from '../published/edge-settings.ts';
import { encodeEdgeRules } from './encode-edge-rules.ts';
import type { RuleStore } from './rule-store.ts';

export interface EdgeRulesSourceDeps {
  readonly rules: Pick<RuleStore, 'list'>;
  readonly clock: Clock;
  readonly report: Report;
}

/** The rules as entries of the KeyValueStore, for the publication of edge settings. */
export function edgeRulesSource({ rules, clock, report }: EdgeRulesSourceDeps): EdgeSource {
  return {
    entries: async () => {
      const all = await rules.list();
      const scopes = [...new Set(all.map(({ scope }) => scope))];
      const encoded = scopes.map((scope) => ({ scope, ...encodeEdgeRules(scope, all, clock()) }));
      // Two calls at once may each have found room. The other settings must not wait for that.
      for (const { scope, fits } of encoded) {
        if (!fits) report('edge-rules-full', new Error(`The rules of ${scope} have not all found room at the edge.`));
      }
      return new Map(encoded.flatMap(({ entries }) => [...entries]));
    },
  };
}
