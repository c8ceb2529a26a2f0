import type { Outcome } from './model-steps.ts';
import type { Change } from './owned-call.ts';
import type { WorldState } from './world-state.ts';

/** What may be so, and the changes that made it so. */
export interface PossibleWorld {
  readonly world: WorldState;
  /** Names of the events of changes that happened. */
  readonly told: readonly string[];
}

interface Result {
  readonly outcome: Outcome;
  /** With what a refused call has made on its way. */
  readonly last: PossibleWorld;
  /** After each of the call's changes that happened. */
  readonly changed: readonly PossibleWorld[];
}

/** Carries out a call in one world, alone. */
function carryOut(before: PossibleWorld, changes: readonly Change[]): Result {
  let last = before;
  const changed: PossibleWorld[] = [];
  for (const { action, steps, job } of changes) {
    const world = structuredClone(last.world);
    let outcome: Outcome | undefined;
    for (const step of steps) outcome ??= step(world);
    if (outcome !== 'ok') return { outcome: outcome ?? 'never ended', last: { ...last, world }, changed };
    last = { world, told: [...last.told, action, ...(job?.(world) ?? [])] };
    changed.push(last);
  }
  return { outcome: 'ok', last, changed };
}

/** After an answer that says how a call ended: the worlds in which it ends so. */
export const afterAnswer = (possible: readonly PossibleWorld[], changes: readonly Change[], isOk: boolean) =>
  possible
    .map((one) => carryOut(one, changes))
    .filter(({ outcome }) => (outcome === 'ok') === isOk)
    .map(({ last }) => last);

/** After a call of which nobody knows whether it happened: as before, or after any of its changes. */
export const afterSilence = (possible: readonly PossibleWorld[], changes: readonly Change[]): PossibleWorld[] =>
  possible.flatMap((one) => [one, ...carryOut(one, changes).changed]);
