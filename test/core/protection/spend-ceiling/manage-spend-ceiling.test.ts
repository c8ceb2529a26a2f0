import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { ManageSpendCeilingDeps } from '../../../../lambda/core/protection/spend-ceiling/manage-spend-ceiling.ts';
import { liftCeiling, showCeiling } from '../../../../lambda/core/protection/spend-ceiling/manage-spend-ceiling.ts';
import { followBudget } from '../../../../lambda/core/protection/spend-ceiling/reach-ceiling.ts';
import type { CeilingMonth } from '../../../../lambda/core/protection/spend-ceiling/spend-ceiling.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

const END = '2026-12-01T00:00:00.000Z';
const REASON = 'The campaign is worth it';

let now: number;
let records: CeilingMonth[];
let version: number;
let told: AuditEvent[];
/** Runs before the next commit, as another call would. */
let meanwhile: (() => void) | undefined;

beforeEach(() => {
  now = Date.parse('2026-11-30T12:00:00Z');
  records = [];
  version = 0;
  told = [];
  meanwhile = undefined;
});

const deps = (): ManageSpendCeilingDeps => ({
  dollars: 200,
  clock: () => now,
  makeEvent,
  ceilings: {
    read: async () => ({ version, records: [...records] }),
    commit: async ({ put }, at, event) => {
      const other = meanwhile;
      meanwhile = undefined;
      other?.();
      if (at !== version) return false;
      version += 1;
      records = [...records.filter(({ id }) => id !== put.id), put];
      told.push(event);
      return true;
    },
  },
});

const spend = (spent: number) => followBudget({ ...deps(), readSpent: async () => ({ limit: 200, spent }) });

describe('the ceiling of spending', () => {
  it('is reached when the budget says so, and ends with the month', async () => {
    expect(await spend(200.4)).toMatchObject({ isOver: true, spent: 200.4, until: END, month: '2026-11' });
    expect(told).toMatchObject([
      { action: 'spend-ceiling.reached', caller: { kind: 'system' }, after: { spent: 200.4, dollars: 200 } },
    ]);

    now = Date.parse(END);

    expect(await showCeiling(deps())).toEqual({
      ...{ dollars: 200, month: '2026-12', until: '2027-01-01T00:00:00.000Z', isOver: false },
    });
  });

  it('is not reached by a message alone: the budget counts', async () => {
    expect(await spend(199.99)).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('is lifted until the month ends, whatever the budget says again', async () => {
    await spend(201);

    expect(await liftCeiling(deps(), OWNER, REASON)).toMatchObject({ isOver: false, spent: 201 });
    await spend(300);

    expect(await showCeiling(deps())).toMatchObject({ isOver: false, spent: 201 });
    expect(told.map(({ action }) => action)).toEqual(['spend-ceiling.reached', 'spend-ceiling.lifted']);
    expect(told[1]).toMatchObject({ before: { spent: 201 }, after: { reason: REASON } });
  });

  it('that was lifted before it is reached never stops anything', async () => {
    await liftCeiling(deps(), OWNER, REASON);

    expect(await spend(500)).toMatchObject({ isOver: false });
  });

  it('is lifted once, however often that is asked for, and told once', async () => {
    await liftCeiling(deps(), OWNER, REASON);
    await liftCeiling(deps(), OWNER, REASON);

    expect(told).toHaveLength(1);
  });

  it('loses no change that another call makes at the same time', async () => {
    meanwhile = () => {
      version += 1;
      records = [{ id: '2026-11', createdAt: '2026-11-30T11:59:59.000Z', liftedAt: '2026-11-30T11:59:59.000Z' }];
    };

    expect(await spend(201)).toMatchObject({ isOver: false, spent: 201, liftedAt: '2026-11-30T11:59:59.000Z' });
  });
});
