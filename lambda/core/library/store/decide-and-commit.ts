import type { AuditAction } from '../../audit/actions.ts';
import type { Actor, AuditEvent, AuditObject } from '../../audit/event.ts';
import type { Difference, MakeEvent } from '../../audit/event-maker.ts';
import type { Clock, Pause } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { Report } from '../../kernel/report.ts';
import type { Change, Effect } from './change.ts';
import type { LibraryStore } from './library-store.ts';

/** What every change of the library needs. */
export interface ChangeDeps {
  readonly store: LibraryStore;
  readonly clock: Clock;
  readonly pause: Pause;
  /** 0 <= value < 1. */
  readonly random: () => number;
  readonly hexId: () => string;
  /** Carries out what follows from a change outside the table. @throws when a part of it failed; it is done again then */
  readonly carryOut: (effects: readonly Effect[]) => Promise<void>;
  readonly report: Report;
  readonly makeEvent: MakeEvent;
}

/** What was decided on records that were read: a change, what is told about it, and what the caller gets. */
export type Decision<T> = Change &
  Difference & {
    readonly action: AuditAction;
    readonly object: AuditObject;
    readonly result: T;
  };

/** Nothing is to be changed. */
export interface NoChange<T> {
  readonly unchanged: T;
}

/** What was read is not of one moment: a folder was moved meanwhile. */
export const READ_AGAIN = { readAgain: true } as const;

/** Rounds of deciding and committing before a contended record is given up; each round lets one rival through. */
const ROUNDS = 40;

/** Milliseconds after which no more round begins. One takes 12 s at most, and an API call is cut off after 30. */
const GIVEN_UP_AFTER = 12_000;

/** Milliseconds of the longest pause between two rounds. */
const LONGEST_PAUSE = 400;

/**
 * Decides on what is read and commits it; when somebody else was faster, reads and decides again. What follows outside
 * the table is carried out at once, and again by the minute's run if that fails.
 * @param decide may make folders that are missing, and changes nothing else; @throws a Problem to refuse
 * @throws what `decide` throws, or busy after too many lost races or too much time
 */
export async function decideAndCommit<T>(
  deps: ChangeDeps,
  actor: Actor,
  decide: (now: string) => Promise<Decision<T> | NoChange<T> | typeof READ_AGAIN>,
): Promise<T> {
  const until = deps.clock() + GIVEN_UP_AFTER;
  for (let round = 0; round < ROUNDS && (round === 0 || deps.clock() < until); round++) {
    const at = new Date(deps.clock()).toISOString();
    const decision = await decide(at);
    if ('unchanged' in decision) return decision.unchanged;
    if (!('readAgain' in decision) && (await commit(deps, actor, decision))) return decision.result;
    await deps.pause(deps.random() * Math.min(10 * 2 ** round, LONGEST_PAUSE));
  }
  throw problem('busy', 'This is being changed by too many calls at once; try again.');
}

/** @returns false when a record is not what was read */
async function commit<T>(deps: ChangeDeps, actor: Actor, decision: Decision<T>): Promise<boolean> {
  const { action, object, effects = [] } = decision;
  const event = deps.makeEvent(actor, action, object, decision);
  const outcome = await deps.store.commit(decision, event);
  if (outcome.kind !== 'committed') return false;
  await followUp(deps, event, effects);
  return true;
}

/** The change holds already: a failure here is reported and made up for by the minute's run. */
async function followUp(deps: ChangeDeps, { id, at }: AuditEvent, effects: readonly Effect[]): Promise<void> {
  const atOnce = effects.filter(({ effect }) => effect !== 'prepare-variant');
  try {
    if (atOnce.length > 0) await deps.carryOut(atOnce);
    if (atOnce.length > 0 && atOnce.length === effects.length) {
      await deps.store.settleEffects({ eventId: id, at });
    }
  } catch (error) {
    deps.report('effects-failed', error);
  }
}
