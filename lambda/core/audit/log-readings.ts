import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ActionWithoutDifference } from './actions.ts';
import type { MakeEvent } from './event-maker.ts';
import type { RecordEvent } from './record-event.ts';

/** Milliseconds for which somebody who goes on reading is not noted again by the same process. */
export const NOTED_FOR = 900_000;

/** Readings that are remembered; the oldest is forgotten for a new one, and then noted again. */
const REMEMBERED = 1000;

/** Who read what of the log a short while ago, so that the parts of one reading are one event. */
export class LogReadings {
  readonly #clock: Clock;
  readonly #noted = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(name: string): boolean {
    return this.#clock() - (this.#noted.get(name) ?? Number.NEGATIVE_INFINITY) < NOTED_FOR;
  }

  add(name: string): void {
    this.#noted.delete(name);
    this.#noted.set(name, this.#clock());
    if (this.#noted.size > REMEMBERED) this.#noted.delete(this.#noted.keys().next().value as string);
  }
}

export interface NoteLogReadingDeps {
  readonly readings: LogReadings;
  readonly makeEvent: MakeEvent;
  readonly record: RecordEvent;
}

/** What is read of the log: by lists, by chains, or a year of it. */
export interface LogReading {
  readonly action: Extract<ActionWithoutDifference, `audit.${string}`>;
  /** `events`, `chains`, or a year. */
  readonly what: string;
  readonly after?: Readonly<Record<string, unknown>>;
  /** It is a reading of its own, even if there was one like it. @default false */
  readonly begins?: boolean;
}

/**
 * Notes that somebody reads the log, before they are given any of it. A cursor proves nothing: anybody can write one, so it is not
 * asked whether this is the first part but whether this reading was noted.
 * @throws Problem busy, and then nothing is given
 */
export async function noteLogReading(
  { readings, makeEvent, record }: NoteLogReadingDeps,
  caller: Caller,
  { action, what, after, begins }: LogReading,
): Promise<void> {
  const name = `${caller.kind} ${caller.id} ${action} ${what}`;
  if (!begins && readings.has(name)) return;
  const object = { kind: 'audit-log', id: what };
  await record(after ? makeEvent(caller, action, object, { after }) : makeEvent(caller, action, object));
  readings.add(name);
}
