import { LIMITS } from '../../../contract/limits.ts';
import type { Cidr } from './cidr.ts';
import { formatCidr } from './cidr.ts';
import { isDecidedAtEdge } from './encode-edge-rules.ts';
import type { Rule } from './rule.ts';
import { hasRuleEnded, isActive } from './rule.ts';

/** What the web ACL does to one kind of requester, by effect. */
export interface EffectState {
  /** CIDR blocks, sorted. */
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  /** Country codes, sorted. */
  readonly countries: readonly string[];
}

/**
 * What the web ACL is to do. `allow` with addresses means that only these are let in, and likewise with countries;
 * without any it means nothing.
 */
export interface WebAclState {
  readonly block: EffectState;
  readonly allow: EffectState;
}

/** The web ACL's share of rules at a moment. @param now milliseconds since 1970 */
export function webAclState(rules: readonly Rule[], now: number): WebAclState {
  const active = rules.filter((rule) => !isDecidedAtEdge(rule) && isActive(rule, now));
  return {
    block: effectState(active.filter(({ effect }) => effect === 'block')),
    allow: effectState(active.filter(({ effect }) => effect === 'allow')),
  };
}

/** Whether the rules, with those to come, stay within what an IP set holds. */
export function fitsWebAcl(rules: readonly Rule[], now: number): boolean {
  const lasting = rules
    .filter((rule) => !isDecidedAtEdge(rule) && !hasRuleEnded(rule, now))
    .map(({ startsAt: _, ...rule }) => rule);
  const { block, allow } = webAclState(lasting, now);
  return [block.ipv4, block.ipv6, allow.ipv4, allow.ipv6].every((list) => list.length <= LIMITS.addressSetBlocks);
}

function effectState(rules: readonly Rule[]): EffectState {
  const blocks = rules.flatMap(({ matcher }) => (matcher.type === 'ip' ? matcher.blocks : []));
  return {
    ipv4: texts(blocks, 4),
    ipv6: texts(blocks, 6),
    countries: sorted(rules.flatMap(({ matcher }) => (matcher.type === 'country' ? matcher.codes : []))),
  };
}

function texts(blocks: readonly Cidr[], family: 4 | 6): string[] {
  return sorted(blocks.filter((block) => block.family === family).map(formatCidr));
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
