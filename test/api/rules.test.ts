import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { parsedBody } from './parsed-body.ts';

const RULE = { effect: 'block', match: { type: 'country', values: ['de'] }, reason: 'sanctions' };
const read = (changes: object) => parsedBody('rules.create', { ...RULE, ...changes });

describe('the body of a rule', () => {
  it('needs an effect, a match and a reason', async () => {
    expect(await read({})).toEqual(RULE);
  });

  it('brings times to UTC', async () => {
    const times = { startsAt: '2026-12-01T00:00:00+02:00', endsAt: '2026-12-02T00:00:00Z' };

    expect(await read(times)).toMatchObject({
      startsAt: '2026-11-30T22:00:00.000Z',
      endsAt: '2026-12-02T00:00:00.000Z',
    });
  });

  it.each<[string, object, RegExp]>([
    ['an unknown member', { until: 'x' }, /^The body has no member "until"; there are scope, effect, match, reason/],
    ['no effect', { effect: 'deny' }, /^effect must be one of block, allow\.$/],
    ['no reason', { reason: ' ' }, /^reason must be a text of 1 to 500/],
    ['a reason of two lines', { reason: 'a\nb' }, /^reason must be .* in one line\.$/],
    ['a scope that is no id', { scope: 'a:b' }, /^scope must be global or the id of an endpoint\.$/],
    ['a time without an offset', { endsAt: '2026-12-01T00:00:00' }, /^endsAt must be a time/],
    ['a time that is none', { endsAt: '2026-13-01T00:00:00Z' }, /^endsAt must be a time/],
    ['a day that no month has', { endsAt: '2027-02-30T00:00:00Z' }, /^endsAt must be a time/],
    ['no match', { match: undefined }, /^match must be an object\.$/],
    [
      'an unknown kind',
      { match: { type: 'agent', values: ['x'] } },
      /^match\.type .* ip, country, referrer, urlPattern/,
    ],
    ['no values', { match: { type: 'ip', values: [] } }, /^match\.values must be a list of 1 to 500 texts/],
    ['values that are no texts', { match: { type: 'ip', values: [1] } }, /^match\.values\[0\] must be text\.$/],
    [
      'too many values',
      { match: { type: 'country', values: Array(LIMITS.ruleValues + 1).fill('DE') } },
      /^match\.values must be a list of 1 to 500 texts/,
    ],
    [
      'an unknown policy',
      { match: { type: 'referrer', values: ['a.example'], withoutReferrer: 'deny' } },
      /^match\.withoutReferrer must be one of block, allow\.$/,
    ],
  ])('is refused with %s', async (_, changes, message) => {
    const refusal = { code: 'input.invalid', status: 400, message: expect.stringMatching(message) };

    await expect(read(changes)).rejects.toMatchObject(refusal);
  });
});
