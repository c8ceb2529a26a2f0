import type { Clock } from '../../kernel/clock.ts';
import type { RuleStore } from './rule-store.ts';
import type { WebAclState } from './web-acl-state.ts';
import { webAclState } from './web-acl-state.ts';

/** The web ACL's changeable part. */
export interface WebAclRules {
  /** Makes it so; what is so already is not touched. */
  apply(state: WebAclState): Promise<void>;
}

export interface SyncWebAclDeps {
  readonly rules: Pick<RuleStore, 'list'>;
  readonly webAcl: WebAclRules;
  readonly clock: Clock;
}

/**
 * Brings the web ACL to what the rules say now: after each change of a rule, and every minute, which is also when rules
 * begin, end and failed calls are made up for.
 */
export async function syncWebAcl({ rules, webAcl, clock }: SyncWebAclDeps): Promise<void> {
  await webAcl.apply(webAclState(await rules.list(), clock()));
}
