import type { ChangeDeps } from '../store/decide-and-commit.ts';

/** Milliseconds after which whoever made a change is taken to have died before it could carry out what follows. */
const GRACE = 60_000;

/**
 * Carries out what changes left behind. Everything in it can be done twice, and in any order.
 * @returns of how many changes
 */
export async function sweepEffects(deps: Pick<ChangeDeps, 'store' | 'clock' | 'carryOut' | 'report'>): Promise<number> {
  const before = new Date(deps.clock() - GRACE).toISOString();
  let swept = 0;
  for (const pending of await deps.store.pendingEffects(before)) {
    try {
      if (pending.effects.length > 0) await deps.carryOut(pending.effects);
      await deps.store.settleEffects(pending);
      swept++;
    } catch (error) {
      deps.report('effects-failed', error);
    }
  }
  return swept;
}
