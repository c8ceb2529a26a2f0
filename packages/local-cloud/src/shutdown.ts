type Step = () => Promise<void> | void;

/** Everything must be closed within five seconds; what is not by then ends with the process. */
const MILLISECONDS = 4500;

/** What is undone when the program ends, however it ends. Nothing helps against SIGKILL: see `process-guard.ts`. */
export class Shutdown {
  readonly #first: Step[] = [];
  readonly #afterwards: Step[] = [];
  #exit: Promise<never> | undefined;

  get hasBegun(): boolean {
    return this.#exit !== undefined;
  }

  /** Undone before everything else, all at once: what takes new work. */
  first(step: Step): void {
    this.#first.push(step);
  }

  /** Undone after that, newest first. */
  afterwards(step: Step): void {
    this.#afterwards.push(step);
  }

  /** Undone at the very end and at once, also when a step before hangs. */
  atExit(step: () => void): void {
    process.once('exit', step);
  }

  /** Ends the program in order when it is asked to: Ctrl+C, a service manager, a closed terminal. */
  onSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.run(0));
  }

  /** Undoes everything and ends the process. A second call waits for the first. */
  run(exitCode: number): Promise<never> {
    this.#exit ??= this.#run(exitCode);
    return this.#exit;
  }

  async #run(exitCode: number): Promise<never> {
    setTimeout(() => process.exit(exitCode), MILLISECONDS).unref();
    await Promise.all(this.#first.map(attempt));
    for (const step of this.#afterwards.toReversed()) await attempt(step);
    process.exit(exitCode);
  }
}

async function attempt(step: Step): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(`While stopping: ${(error as Error).message}`);
  }
}
