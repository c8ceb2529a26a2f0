import { LIMITS } from '../../../contract/limits.ts';
import type { Place } from '../../accounts/policy.ts';
import { isAllowed, requirePermission } from '../../accounts/policy.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import { encodeEdgeRules, isDecidedAtEdge } from './encode-edge-rules.ts';
import type { Rule, RuleDraft } from './rule.ts';
import { GLOBAL_SCOPE } from './rule.ts';
import type { RuleInput } from './rule-draft.ts';
import { draftRule } from './rule-draft.ts';
import type { RuleStore } from './rule-store.ts';
import { invalidRule } from './to-matcher.ts';
import { fitsWebAcl } from './web-acl-state.ts';

export interface ManageRulesDeps {
  readonly rules: RuleStore;
  /** Whether an endpoint of this id is there. */
  readonly hasEndpoint: (id: string) => Promise<boolean>;
  /** Whether the deployment has a web ACL, which decides on addresses and countries for all endpoints. */
  readonly hasWebAcl: () => Promise<boolean>;
  readonly clock: Clock;
  readonly ids: { readonly hexId: () => string };
  readonly makeEvent: MakeEvent;
}

/** @throws rule.invalid, rule.limit or permission.missing */
export async function createRule(deps: ManageRulesDeps, caller: Caller, input: RuleInput): Promise<Rule> {
  const draft = draftRule(input, deps.clock());
  requirePermission(caller, 'rules.write', placeOf(draft));
  const now = new Date(deps.clock()).toISOString();
  const rule = { ...draft, id: `${draft.matcher.type}_${deps.ids.hexId()}`, createdAt: now, updatedAt: now };
  await check(deps, rule);
  await deps.rules.commit(
    { put: rule },
    deps.makeEvent(caller, 'rule.created', objectOf(rule.id), { after: { ...rule } }),
  );
  return rule;
}

/** Replaces everything but id and time of creation. @throws rule.not-found, rule.invalid, rule.limit or permission.missing */
export async function updateRule(deps: ManageRulesDeps, caller: Caller, id: string, input: RuleInput): Promise<Rule> {
  const before = await changeable(deps, caller, id);
  const draft: RuleDraft = draftRule(input, deps.clock());
  requirePermission(caller, 'rules.write', placeOf(draft));
  if (draft.matcher.type !== before.matcher.type) {
    throw invalidRule(`The rule is one of type ${before.matcher.type}; make a new one for another type.`);
  }
  const rule = { ...draft, id, createdAt: before.createdAt, updatedAt: new Date(deps.clock()).toISOString() };
  await check(deps, rule);
  const difference = { before: { ...before }, after: { ...rule } };
  await deps.rules.commit({ put: rule }, deps.makeEvent(caller, 'rule.updated', objectOf(id), difference));
  return rule;
}

/** @throws rule.not-found */
export async function getRule({ rules }: Pick<ManageRulesDeps, 'rules'>, caller: Caller, id: string): Promise<Rule> {
  const rule = await rules.find(id);
  if (!rule || !isSeen(caller, rule)) throw notFound();
  return rule;
}

/** @throws rule.not-found or permission.missing */
export async function deleteRule(deps: ManageRulesDeps, caller: Caller, id: string): Promise<void> {
  const before = { ...(await changeable(deps, caller, id)) };
  const event = deps.makeEvent(caller, 'rule.deleted', objectOf(id), { before });
  if (!(await deps.rules.commit({ remove: id }, event))) throw notFound();
}

/** Those that the caller may see, oldest first. @param scope of the wanted ones; all without it */
export async function listRules(
  { rules }: Pick<ManageRulesDeps, 'rules'>,
  caller: Caller,
  scope?: string,
): Promise<Rule[]> {
  return (await rules.list()).filter((rule) => isSeen(caller, rule) && (scope === undefined || rule.scope === scope));
}

/** A rule of one endpoint belongs to it; a global one has no place. */
const placeOf = ({ scope }: Pick<Rule, 'scope'>): Place | undefined =>
  scope === GLOBAL_SCOPE ? undefined : { endpointId: scope };

const isSeen = (caller: Caller, rule: Rule): boolean => isAllowed(caller, 'rules.read', placeOf(rule));

/** A rule that may not be seen is missing, one that may not be changed is forbidden. */
async function changeable({ rules }: Pick<ManageRulesDeps, 'rules'>, caller: Caller, id: string): Promise<Rule> {
  const rule = await rules.find(id);
  if (!rule) throw notFound();
  if (isAllowed(caller, 'rules.write', placeOf(rule))) return rule;
  if (!isSeen(caller, rule)) throw notFound();
  throw problem('permission.missing', 'This key lacks the permission rules.write for the scope of this rule.');
}

const objectOf = (id: string) => ({ kind: 'rule', id });

const notFound = () => problem('rule.not-found', 'There is no rule with this id.');

/** What a rule cannot know alone: its endpoint, and whether all rules together have room. */
async function check({ rules, hasEndpoint, hasWebAcl, clock }: ManageRulesDeps, rule: Rule): Promise<void> {
  if (rule.scope !== GLOBAL_SCOPE && !(await hasEndpoint(rule.scope))) {
    throw invalidRule(`There is no endpoint "${rule.scope}".`);
  }
  if (!isDecidedAtEdge(rule) && !(await hasWebAcl())) {
    throw invalidRule(
      'This deployment has no web ACL (profile small), so an address or country rule of scope global has no effect. ' +
        'Make one for each endpoint, or deploy the profile guarded.',
    );
  }
  const others = (await rules.list()).filter(({ id }) => id !== rule.id);
  if (others.length >= LIMITS.rules) {
    throw problem('rule.limit', `There may be at most ${LIMITS.rules} rules. Delete some that have ended.`);
  }
  const all = [...others, rule];
  if (isDecidedAtEdge(rule) && !encodeEdgeRules(rule.scope, all, clock()).fits) {
    throw problem(
      'rule.limit',
      `The rules of ${rule.scope} that the edge decides may fill ${LIMITS.ruleValuesAtEdge} values of 1024 bytes. ` +
        'Shorten or delete some; address and country rules of scope global do not count.',
    );
  }
  if (!fitsWebAcl(all, clock())) {
    throw problem(
      'rule.limit',
      `All global rules of one effect may have at most ${LIMITS.addressSetBlocks} IPv4 and as many IPv6 blocks together.`,
    );
  }
}
