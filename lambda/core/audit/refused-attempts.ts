import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ProblemCode } from '../kernel/problems.ts';
import type { Actor, AuditEvent } from './event.ts';
import type { MakeEvent } from './event-maker.ts';

/** Codes of the API's refusals: no proof, a wrong or an old one, a right that is lacking, a page of another site, too many calls. */
export const REFUSALS = [
  'key.missing',
  'key.unknown',
  'permission.missing',
  'site.foreign',
  'rate.exceeded',
  'session.ended',
  'enrolment.missing',
  'token.invalid',
  'credentials.two',
  'sign-in.invalid',
  'sign-in.refused',
  'invitation.invalid',
  'mail-change.invalid',
  'mail-change.tries',
  'upload.signature',
  'upload.ticket-used',
  'upload-grant.used',
  'share.password',
  'share.tries',
] as const satisfies readonly ProblemCode[];

export type Refusal = (typeof REFUSALS)[number];

/** One call that was refused. */
export interface RefusedAttempt {
  readonly code: Refusal;
  /** Whose proof was good, if it was. */
  readonly caller: Pick<Caller, 'kind' | 'id'>;
}

/** Whose turn it is to tell, among all processes of a region. */
export interface RefusalTurns {
  /**
   * Writes the event unless one for the same code and kind of caller was written less than `every` milliseconds before `at`.
   * @returns whether it was written
   * @throws Problem busy
   */
  readonly take: (turn: RefusalTurn, event: AuditEvent) => Promise<boolean>;
}

export interface RefusalTurn {
  /** Code and kind of caller. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly every: number;
}

/** Milliseconds between two events for one code and kind of caller: strangers do not write the log full. */
export const TOLD_EVERY = 60_000;

/** Callers that an event names; more are counted only. */
const NAMED = 10;

/** What was refused and is not told yet. */
interface Counted {
  readonly code: Refusal;
  readonly kind: Actor['kind'];
  readonly since: number;
  count: number;
  readonly callerIds: Set<string>;
}

const isRefusal = (code: ProblemCode): code is Refusal => (REFUSALS as readonly ProblemCode[]).includes(code);

/** @returns undefined for a failure that refuses nobody */
export const refusedAttempt = (code: ProblemCode, { kind, id }: Actor): RefusedAttempt | undefined =>
  isRefusal(code) ? { code, caller: { kind, id } } : undefined;

/**
 * Counts refused attempts in this process, and tells them in one event a minute for each code and kind of caller. The first is told at
 * once; what follows waits for the next call after the minute, and is lost when the process ends before. As codes and kinds are
 * closed lists, so are the counts and the writes.
 */
export class RefusedAttempts {
  readonly #clock: Clock;
  readonly #turns: RefusalTurns;
  readonly #counted = new Map<string, Counted>();
  /** From when on a name may be told again. */
  readonly #quietUntil = new Map<string, number>();

  constructor(clock: Clock, turns: RefusalTurns) {
    this.#clock = clock;
    this.#turns = turns;
  }

  note({ code, caller: { kind, id } }: RefusedAttempt): void {
    this.#add({ code, kind, since: this.#clock(), count: 1, callerIds: new Set(kind === 'nobody' ? [] : [id]) });
  }

  /** Tells what is due. Without refused attempts nothing is called. @throws Problem busy; what was counted is kept */
  async tell(makeEvent: MakeEvent): Promise<void> {
    const now = this.#clock();
    const due = [...this.#counted].filter(([name]) => (this.#quietUntil.get(name) ?? 0) <= now);
    for (const [name, counted] of due) {
      this.#counted.delete(name);
      this.#quietUntil.set(name, now + TOLD_EVERY);
      await this.#tellOne({ name, at: now, every: TOLD_EVERY }, counted, makeEvent);
    }
  }

  async #tellOne(turn: RefusalTurn, counted: Counted, makeEvent: MakeEvent): Promise<void> {
    let isTold = false;
    try {
      isTold = await this.#turns.take(turn, eventOf(counted, makeEvent));
    } finally {
      if (!isTold) this.#add(counted);
    }
  }

  #add(more: Counted): void {
    const name = `${more.code} ${more.kind}`;
    const counted = this.#counted.get(name);
    if (!counted) return void this.#counted.set(name, more);
    const callerIds = new Set([...counted.callerIds, ...more.callerIds].slice(0, NAMED));
    const since = Math.min(counted.since, more.since);
    this.#counted.set(name, { ...counted, since, count: counted.count + more.count, callerIds });
  }
}

function eventOf({ code, kind, since, count, callerIds }: Counted, makeEvent: MakeEvent): AuditEvent {
  const after = {
    callerKind: kind,
    count,
    since: new Date(since).toISOString(),
    ...(callerIds.size > 0 && { callerIds: [...callerIds] }),
  };
  return makeEvent({ kind: 'system', id: 'system' }, 'attempts.refused', { kind: 'refusal', id: code }, { after });
}
