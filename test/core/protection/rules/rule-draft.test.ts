import { describe, expect, it } from 'vitest';
import type { RuleInput } from '../../../../lambda/core/protection/rules/rule-draft.ts';
import { draftRule } from '../../../../lambda/core/protection/rules/rule-draft.ts';
import { NOW } from './memory-rules.ts';

const RULE: RuleInput = { effect: 'block', match: { type: 'country', values: ['de'] }, reason: 'sanctions' };

const draft = (changes: Partial<RuleInput>) => draftRule({ ...RULE, ...changes }, NOW);

describe('draftRule', () => {
  it('drafts a rule with its defaults', () => {
    expect(draft({ startsAt: null, endsAt: null })).toEqual({
      scope: 'global',
      effect: 'block',
      matcher: { type: 'country', codes: ['DE'] },
      reason: 'sanctions',
      author: 'private key',
    });
  });

  it('keeps its times', () => {
    const times = { startsAt: '2026-11-30T22:00:00.000Z', endsAt: '2026-12-02T00:00:00.000Z' };

    expect(draft(times)).toMatchObject(times);
  });

  it.each<[string, Partial<RuleInput>, RegExp]>([
    ['an end that has passed', { endsAt: '2026-11-25T12:00:00.000Z' }, /passed already/],
    [
      'an end before the start',
      { startsAt: '2027-02-01T00:00:00.000Z', endsAt: '2027-01-01T00:00:00.000Z' },
      /after startsAt/,
    ],
  ])('refuses %s', (_, changes, message) => {
    expect(() => draft(changes)).toThrow(
      expect.objectContaining({ code: 'rule.invalid', message: expect.stringMatching(message) }),
    );
  });
});
