import { LIMITS } from '../../../contract/limits.ts';
import type { EdgeRule } from '../../request/edge-rules.ts';
import { rulesKey } from '../../request/refuse-at-edge.ts';
import { blockText } from './cidr.ts';
import type { Rule } from './rule.ts';
import { GLOBAL_SCOPE, hasRuleEnded } from './rule.ts';

/** Bytes of a value in the KeyValueStore (AWS, "Quotas on key value stores"). */
const VALUE_BYTES = 1024;

/** What stands around the rules of a value, with room for the count. */
const FRAME_BYTES = Buffer.byteLength('{"n":99,"r":[]}');

export interface EncodedRules {
  /** Key and value in the KeyValueStore. */
  readonly entries: ReadonlyMap<string, string>;
  /** Whether everything has found room. */
  readonly fits: boolean;
}

/** Address and country rules for everybody are the web ACL's; the edge function decides all others. */
export function isDecidedAtEdge({ scope, matcher }: Pick<Rule, 'scope' | 'matcher'>): boolean {
  return scope !== GLOBAL_SCOPE || matcher.type === 'referrer' || matcher.type === 'urlPattern';
}

/** A rule as the edge reads it. */
export function toEdgeRule(rule: Rule): EdgeRule {
  const { effect, startsAt, endsAt } = rule;
  return {
    ...shapeOf(rule),
    ...(effect === 'allow' && { a: 1 as const }),
    ...(startsAt !== undefined && { s: Math.ceil(Date.parse(startsAt) / 1000) }),
    ...(endsAt !== undefined && { e: Math.ceil(Date.parse(endsAt) / 1000) }),
  };
}

function shapeOf({ matcher, effect }: Rule): Pick<EdgeRule, 'k' | 'v'> {
  switch (matcher.type) {
    case 'ip':
      return { k: 'i', v: matcher.blocks.map(blockText) };
    case 'country':
      return { k: 'c', v: matcher.codes };
    case 'referrer':
      // The empty text takes requests without a referrer: a block rule then refuses them, an allow rule lets them in.
      return { k: 'r', v: matcher.withoutReferrer === effect ? ['', ...matcher.hosts] : matcher.hosts };
    case 'urlPattern':
      return { k: 'p', v: matcher.patterns };
  }
}

/**
 * The rules of one scope in as few values as they fill, allow rules first: without them more would be let in. What has
 * ended is left out, what is to come is there already, so that it begins and ends to the second. A long rule is divided;
 * its parts mean the same side by side.
 */
export function encodeEdgeRules(scope: string, rules: readonly Rule[], now: number): EncodedRules {
  const wanted = rules.filter((rule) => rule.scope === scope && isDecidedAtEdge(rule) && !hasRuleEnded(rule, now));
  const ordered = [...wanted.filter(isAllowance), ...wanted.filter((rule) => !isAllowance(rule))];
  const values: string[][] = [];
  const fits = ordered.every((rule) => divide(toEdgeRule(rule)).every((part) => place(JSON.stringify(part), values)));
  return {
    entries: new Map(
      values.map((parts, index) => [rulesKey(scope, index), `{"n":${values.length},"r":[${parts.join(',')}]}`]),
    ),
    fits,
  };
}

const isAllowance = ({ effect }: Rule): boolean => effect === 'allow';

/** Puts a part where it has room, in a new value if need be. @returns false when there is none left */
function place(part: string, values: string[][]): boolean {
  const last = values.at(-1);
  if (last && sizeOf([...last, part]) <= VALUE_BYTES) {
    last.push(part);
    return true;
  }
  if (values.length === LIMITS.ruleValuesAtEdge) return false;
  values.push([part]);
  return true;
}

const sizeOf = (parts: readonly string[]): number => FRAME_BYTES + Buffer.byteLength(parts.join(','));

/** Halves of halves, until each has room in a value of its own; a single value always has. */
function divide(rule: EdgeRule): EdgeRule[] {
  if (rule.v.length < 2 || sizeOf([JSON.stringify(rule)]) <= VALUE_BYTES / 2) return [rule];
  const middle = Math.ceil(rule.v.length / 2);
  return [...divide({ ...rule, v: rule.v.slice(0, middle) }), ...divide({ ...rule, v: rule.v.slice(middle) })];
}
