import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { CeilingMonth } from './spend-ceiling.ts';
import { endOfMonth, isOver, monthOf } from './spend-ceiling.ts';
import type { SpendCeilingStore } from './spend-ceiling-store.ts';

export interface ManageSpendCeilingDeps {
  readonly ceilings: SpendCeilingStore;
  /** US dollars a month. @default the deployment has no ceiling */
  readonly dollars?: number | undefined;
  readonly clock: Clock;
  readonly makeEvent: MakeEvent;
}

/** The ceiling of spending in this month. */
export interface SpendCeiling {
  /** US dollars a month. @default the deployment has no ceiling */
  readonly dollars?: number | undefined;
  readonly month: string;
  /** ISO 8601: when the month ends, and with it whatever is said here. */
  readonly until: string;
  /** Whether no new pictures are made now. */
  readonly isOver: boolean;
  readonly reachedAt?: string | undefined;
  /** US dollars that were spent by then. */
  readonly spent?: number | undefined;
  readonly liftedAt?: string | undefined;
}

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

export async function showCeiling({ ceilings, dollars, clock }: ManageSpendCeilingDeps): Promise<SpendCeiling> {
  const month = monthOf(clock());
  const { records } = await ceilings.read();
  return told(dollars, month, find(records, month));
}

/**
 * Notes that the account has spent more than the ceiling. Said again in the same month it changes nothing: what was lifted stays so.
 * @param spent US dollars
 */
export async function reachCeiling(
  deps: ManageSpendCeilingDeps,
  caller: Pick<Caller, 'kind' | 'id'>,
  spent: number,
): Promise<SpendCeiling> {
  return change(deps, (before, month, at) => {
    if (before?.reachedAt !== undefined) return undefined;
    const after = { ...(before ?? { id: month, createdAt: at }), reachedAt: at, spent };
    const difference = { ...(before && { before: { ...before } }), after: { ...after, dollars: deps.dollars } };
    return [after, deps.makeEvent(caller, 'spend-ceiling.reached', objectOf(month), difference)];
  });
}

/**
 * Has pictures made again until the month ends, whatever is spent; also when the ceiling is not reached yet.
 * @param reason for people
 * @throws Problem busy
 */
export async function liftCeiling(deps: ManageSpendCeilingDeps, caller: Caller, reason: string): Promise<SpendCeiling> {
  return change(deps, (before, month, at) => {
    if (before?.liftedAt !== undefined) return undefined;
    const after = { ...(before ?? { id: month, createdAt: at }), liftedAt: at };
    const difference = { ...(before && { before: { ...before } }), after: { ...after, reason } };
    return [after, deps.makeEvent(caller, 'spend-ceiling.lifted', objectOf(month), difference)];
  });
}

type Decide = (
  before: CeilingMonth | undefined,
  month: string,
  at: string,
) => readonly [CeilingMonth, Parameters<SpendCeilingStore['commit']>[2]] | undefined;

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
async function change({ ceilings, dollars, clock }: ManageSpendCeilingDeps, decide: Decide): Promise<SpendCeiling> {
  for (let round = 0; round < ROUNDS; round++) {
    const now = clock();
    const month = monthOf(now);
    const { records, version } = await ceilings.read();
    const before = find(records, month);
    const wanted = decide(before, month, new Date(now).toISOString());
    if (!wanted) return told(dollars, month, before);
    const [put, event] = wanted;
    if (await ceilings.commit({ put }, version, event)) return told(dollars, month, put);
  }
  throw problem('busy', 'The ceiling of spending is changed by others all the time. Try again.');
}

const find = (records: readonly CeilingMonth[], month: string): CeilingMonth | undefined =>
  records.find(({ id }) => id === month);

function told(dollars: number | undefined, month: string, state: CeilingMonth | undefined): SpendCeiling {
  const { reachedAt, spent, liftedAt } = state ?? {};
  return {
    ...(dollars !== undefined && { dollars }),
    ...{ month, until: endOfMonth(month), isOver: isOver(state) },
    ...(reachedAt !== undefined && { reachedAt, spent }),
    ...(liftedAt !== undefined && { liftedAt }),
  };
}

const objectOf = (month: string) => ({ kind: 'spend-ceiling', id: month });
