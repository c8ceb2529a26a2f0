import { beforeEach, expect, it } from 'vitest';
import { spendCeilingView } from '../../../lambda/adapters/accounts-table/spend-ceiling-view.lean.ts';

let now: number;
let asked: string[];
let saved: Record<string, object>;

beforeEach(() => {
  now = Date.parse('2026-11-30T23:59:50Z');
  asked = [];
  saved = {};
});

const view = () =>
  spendCeilingView(
    {
      get: async ({ pk, sk }) => {
        asked.push(`${pk} ${sk}`);
        return saved[sk] && { saved: { S: JSON.stringify(saved[sk]) } };
      },
    },
    () => now,
  );

const REACHED = { id: '2026-11', createdAt: '2026-11-30T00:00:00.000Z', reachedAt: '2026-11-30T00:00:00.000Z' };

it('any number of renders ask the table once', async () => {
  const end = view();
  saved['month#2026-11'] = REACHED;

  expect(await Promise.all(Array.from({ length: 50 }, end))).toEqual(Array(50).fill('2026-12-01T00:00:00.000Z'));
  expect(asked).toEqual(['spend-ceiling month#2026-11']);
});

it('what is remembered of a month does not hold in the next one', async () => {
  const end = view();
  saved['month#2026-11'] = REACHED;
  expect(await end()).toBeDefined();

  now = Date.parse('2026-12-01T00:00:00Z');

  expect(await end()).toBeUndefined();
});

it('a ceiling that is lifted, or was never reached, stops nothing', async () => {
  expect(await view()()).toBeUndefined();

  saved['month#2026-11'] = { ...REACHED, liftedAt: '2026-11-30T01:00:00.000Z' };

  expect(await view()()).toBeUndefined();
});
