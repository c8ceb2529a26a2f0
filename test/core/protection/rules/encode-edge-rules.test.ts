import { describe, expect, it } from 'vitest';
import { edgeRulesSource } from '../../../../lambda/core/protection/rules/edge-rules-source.ts';
import { encodeEdgeRules } from '../../../../lambda/core/protection/rules/encode-edge-rules.ts';
import type { Rule, RuleEffect } from '../../../../lambda/core/protection/rules/rule.ts';
import type { RuleInput } from '../../../../lambda/core/protection/rules/rule-draft.ts';
import { addressHex, isRefused } from '../../../../lambda/core/request/edge-rules.ts';
import type { RulesValue } from '../../../../lambda/core/request/refuse-at-edge.ts';
import { memoryRules, NOW, ruleFrom } from './memory-rules.ts';

const pattern = (value: string, changes: Partial<RuleInput> = {}) =>
  ruleFrom({ match: { type: 'urlPattern', values: [value] }, ...changes });

function decoded(scope: string, rules: readonly Rule[]) {
  const values = [...encodeEdgeRules(scope, rules, NOW).entries.values()].map((text) => JSON.parse(text) as RulesValue);
  expect(values.every(({ n }) => n === values.length)).toBe(true);
  return values.flatMap(({ r }) => r);
}

describe('encodeEdgeRules', () => {
  it('writes what the edge decides, and leaves global addresses and countries to the web ACL', () => {
    const address = { match: { type: 'ip', values: ['192.0.2.0/25'] } } as const;

    expect(decoded('global', [pattern('/a'), ruleFrom(address)])).toEqual([{ k: 'p', v: ['/a'] }]);
    expect(decoded('shop', [ruleFrom({ ...address, scope: 'shop' }), pattern('/a')])).toEqual([
      { k: 'i', v: ['4c000020-4c000027'] },
    ]);
  });

  it.each<[RuleEffect, RuleEffect, string[]]>([
    ['block', 'block', ['', 'a.example']],
    ['block', 'allow', ['a.example']],
    ['allow', 'allow', ['', 'a.example']],
    ['allow', 'block', ['a.example']],
  ])('a rule to %s that must %s requests without a referrer', (effect, withoutReferrer, v) => {
    const rule = ruleFrom({ effect, match: { type: 'referrer', values: ['a.example'], withoutReferrer } });

    expect(decoded('global', [rule])[0]?.v).toEqual(v);
  });

  it('leaves out what has ended, keeps what is to come with its times, and puts allow rules first', () => {
    const rules = [
      pattern('/ended', { endsAt: '2026-11-25T13:00:00Z' }),
      pattern('/coming', { startsAt: '2026-11-26T00:00:00Z', endsAt: '2026-11-27T00:00:00.500Z' }),
      pattern('/only', { effect: 'allow' }),
    ];

    const later = encodeEdgeRules('global', rules, NOW + 3_600_000);

    expect(JSON.parse(later.entries.get('rules:global:0') ?? '').r).toEqual([
      { k: 'p', v: ['/only'], a: 1 },
      {
        k: 'p',
        v: ['/coming'],
        s: Date.parse('2026-11-26T00:00:00Z') / 1000,
        e: Date.parse('2026-11-27T00:00:01Z') / 1000,
      },
    ]);
  });

  it('divides a long rule among values of at most 1024 bytes, meaning the same', () => {
    const values = Array.from({ length: 200 }, (_, index) => `198.51.${index}.0/24`);
    const rule = ruleFrom({ scope: 'shop', effect: 'allow', match: { type: 'ip', values } });

    const { entries, fits } = encodeEdgeRules('shop', [rule], NOW);
    const refuses = (address: string) =>
      isRefused(decoded('shop', [rule]), { i: addressHex(address), c: '', r: '', p: '/', now: NOW / 1000 });

    expect(fits).toBe(true);
    expect(entries.size).toBeGreaterThan(1);
    expect(Math.max(...[...entries.values()].map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(1024);
    expect(values.filter((block) => refuses(block.replace('0/24', '7')))).toEqual([]);
    expect(refuses('198.52.0.1')).toBe(true);
  });

  it('says when the rules of a scope do not fit, and keeps allow rules then', () => {
    const many = Array.from({ length: 60 }, (_, index) => pattern(`/${index}/${'x'.repeat(100)}`));
    const only = pattern('/open/**', { effect: 'allow' });

    const { entries, fits } = encodeEdgeRules('global', [...many, only], NOW);

    expect(fits).toBe(false);
    expect(entries.size).toBe(4);
    expect(entries.get('rules:global:0')).toContain('/open/**');
  });
});

describe('edgeRulesSource', () => {
  it('gives the entries of every scope, and reports one that is full', async () => {
    const reports: string[] = [];
    const many = Array.from({ length: 60 }, (_, index) => pattern(`/${index}/${'x'.repeat(100)}`));
    const source = edgeRulesSource({
      rules: memoryRules(...many, pattern('/a', { scope: 'shop' })),
      clock: () => NOW,
      report: (event) => reports.push(event),
    });

    const entries = await source.entries();

    expect([...entries.keys()].sort()).toEqual([
      ...['rules:global:0', 'rules:global:1', 'rules:global:2', 'rules:global:3', 'rules:shop:0'],
    ]);
    expect(reports).toEqual(['edge-rules-full']);
  });
});
