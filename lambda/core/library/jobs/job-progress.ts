import type { Clock } from '../../kernel/clock.ts';
import type { Problem } from '../../kernel/problems.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { WalkPlace } from '../tree/walk-folder.ts';

/** What a job's work tells of itself. */
export interface JobProgress {
  /**
   * So many more files are done.
   * @param place of the last of them, for work that can go on there
   * @throws OutOfTime, or when another worker holds the job by now
   */
  done(files: number, place?: WalkPlace): Promise<void>;
  failed(path: string, problem: Problem): void;
}

/** The worker has no more time; the next one goes on. */
export class OutOfTime extends Error {}

/** The part of a job that changes while somebody works on it. */
export type JobSoFar = Pick<LibraryJob, 'done' | 'counts' | 'place' | 'failures'>;

export interface ProgressDeps {
  readonly store: Pick<LibraryStore, 'saveJob'>;
  readonly clock: Clock;
  /** Milliseconds since 1970 at which a worker stops @default when its work is done */
  readonly until?: number;
}

/** Seconds for which a worker holds a job; a worker that died leaves it to the next one after them. */
const HOLD = 120;

/** Seconds for which a worker with an end holds a job beyond that. */
const SPARE = 20;

/** Files, or milliseconds, between two notes of progress; each holds the job anew. */
const NOTE_EVERY = 100;
const NOTE_AFTER = (HOLD * 1000) / 4;

/** Failures that a job names; the others are not kept. */
const NAMED_FAILURES = 100;

/** A job that this worker holds, and what is written down of its work from time to time. */
export class HeldJob implements JobProgress {
  readonly #deps: ProgressDeps;
  #job: LibraryJob;
  #soFar: JobSoFar;
  #noted: { readonly done: number; readonly at: number };

  private constructor(deps: ProgressDeps, job: LibraryJob) {
    this.#deps = deps;
    this.#job = job;
    const { done, counts, place, failures } = job;
    this.#soFar = { done, ...(counts && { counts }), ...(place && { place }), ...(failures && { failures }) };
    this.#noted = { done, at: deps.clock() };
  }

  /** @returns undefined when somebody else holds it */
  static async take(deps: ProgressDeps, job: LibraryJob): Promise<HeldJob | undefined> {
    const held = await save(deps, job, { heldUntil: holdUntil(deps) });
    return held && new HeldJob(deps, held);
  }

  get job(): LibraryJob {
    return this.#job;
  }

  async done(files: number, place?: WalkPlace): Promise<void> {
    this.#soFar = { ...this.#soFar, done: this.#soFar.done + files, ...(place && { place }) };
    const now = this.#deps.clock();
    if (now >= (this.#deps.until ?? Number.POSITIVE_INFINITY)) throw new OutOfTime('The worker has no more time.');
    if (this.#soFar.done - this.#noted.done < NOTE_EVERY && now - this.#noted.at < NOTE_AFTER) return;
    await this.note({});
    this.#noted = { done: this.#soFar.done, at: now };
  }

  failed(path: string, { message }: Problem): void {
    const { failures = [] } = this.#soFar;
    if (failures.length < NAMED_FAILURES) {
      this.#soFar = { ...this.#soFar, failures: [...failures, `${path}: ${message}`] };
    }
  }

  /** One more file of which this became. */
  count(outcome: string): void {
    const { counts = {} } = this.#soFar;
    this.#soFar = { ...this.#soFar, counts: { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 } };
  }

  /** Files done so far, by all workers. */
  get filesDone(): number {
    return this.#soFar.done;
  }

  get hasFailures(): boolean {
    return this.#soFar.failures !== undefined;
  }

  /** Writes down how far it is, and goes on. @throws when another worker holds the job by now */
  async note(changes: Partial<LibraryJob>): Promise<void> {
    await this.leave({ heldUntil: holdUntil(this.#deps), ...changes });
  }

  /** Writes down how far it is. @throws when another worker holds the job by now */
  async leave(changes: Partial<LibraryJob>): Promise<void> {
    const saved = await save(this.#deps, this.#job, { ...this.#soFar, ...changes });
    if (!saved) throw new Error('Another worker took the job.');
    this.#job = saved;
  }
}

export const inSeconds = ({ clock }: Pick<ProgressDeps, 'clock'>, seconds: number): number =>
  Math.floor(clock() / 1000) + seconds;

const holdUntil = (deps: ProgressDeps): number =>
  Math.min(inSeconds(deps, HOLD), Math.ceil((deps.until ?? Number.POSITIVE_INFINITY) / 1000) + SPARE);

/** @returns undefined when somebody else holds the job by now */
async function save(
  { store, clock }: ProgressDeps,
  job: LibraryJob,
  changes: Partial<LibraryJob>,
): Promise<LibraryJob | undefined> {
  const updatedAt = new Date(clock()).toISOString();
  const next = { ...job, ...changes, updatedAt, revision: job.revision + 1 };
  return (await store.saveJob(next, job.revision)) ? next : undefined;
}
