import type { IncomingMessage } from 'node:http';
import type { FunctionConfiguration } from './configuration.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import { closed, requestTooLarge, throttled, withdrawn } from './failures.ts';
import type { Invocation, StreamedInvocation } from './invocation.ts';
import { LAMBDA_LIMITS, MACHINE_LIMITS } from './limits.ts';
import { collectStreamedAnswer, openStreamedAnswer } from './streamed-answer.ts';

export type { FunctionConfiguration } from './configuration.ts';
export type { Invocation, StreamedInvocation } from './invocation.ts';

/** Longer than a runtime client takes from its answer to the next question, shorter than a start. */
const GRACE_MILLISECONDS = 40;

export interface FunctionStatistics {
  readonly invocations: number;
  readonly coldStarts: number;
  readonly errors: number;
}

/**
 * A Lambda function: AWS's own runtime client in one process per concurrent invocation, started when needed and kept.
 * Time, memory and payload limits are those of the function and of Lambda.
 */
export class LambdaFunction {
  readonly configuration: FunctionConfiguration;
  readonly #environments = new Set<ExecutionEnvironment>();
  /** Those that work for a caller who has gone: they take no place from others. */
  readonly #abandoned = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: ((environment: ExecutionEnvironment | undefined) => void)[] = [];
  readonly #statistics = { invocations: 0, coldStarts: 0, errors: 0 };
  #isClosed = false;

  constructor(configuration: FunctionConfiguration) {
    this.configuration = configuration;
  }

  get statistics(): FunctionStatistics {
    return { ...this.#statistics };
  }

  /**
   * Runs the function and waits for its whole answer. Never rejects for what the function does.
   * @param event a value that JSON can hold, or the bytes of its JSON text
   * @param gone aborted when the caller goes away: what still waits is withdrawn, what runs goes on as in AWS
   */
  async invoke(event: unknown, gone?: AbortSignal): Promise<Invocation> {
    const answer = await this.#run(event, gone);
    return this.#count('payload' in answer ? answer : await collectStreamedAnswer(answer));
  }

  /**
   * Runs the function and gives a streaming handler's answer while it is being written. The handler may go on after its
   * answer ended; its environment is free only then.
   * @returns an `Invocation` when the handler does not stream, or failed before it had a status
   */
  async invokeStreaming(event: unknown, gone?: AbortSignal): Promise<StreamedInvocation | Invocation> {
    const answer = await this.#run(event, gone);
    const opened = 'payload' in answer ? answer : await openStreamedAnswer(answer);
    if ('payload' in opened) return this.#count(opened);
    opened.body.once('error', () => this.#statistics.errors++);
    return opened;
  }

  /** Ends every environment, whatever it is doing, and refuses what is waiting. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const take of this.#waiting.splice(0)) take(undefined);
    await Promise.all([...this.#environments].map((environment) => environment.close()));
  }

  async #run(event: unknown, gone?: AbortSignal): Promise<Invocation | IncomingMessage> {
    const payload = Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event ?? null));
    if (payload.length > LAMBDA_LIMITS.requestBytes) return requestTooLarge(payload.length);
    if (this.#isClosed) return closed();
    if (this.#maximum === 0 || this.#waiting.length >= MACHINE_LIMITS.waiting) return throttled();
    if (gone?.aborted) return withdrawn();
    const environment = this.#takeIdle() ?? (await this.#wait(gone));
    if (environment) return this.#invokeIn(environment, payload, gone);
    return this.#isClosed ? closed() : withdrawn();
  }

  #invokeIn(
    environment: ExecutionEnvironment,
    payload: Buffer,
    gone: AbortSignal | undefined,
  ): Promise<Invocation | IncomingMessage> {
    this.#statistics.invocations++;
    const { answer, released } = environment.invoke(payload);
    const abandon = () => this.#abandon(environment);
    gone?.addEventListener('abort', abandon, { once: true });
    void released.then(() => {
      gone?.removeEventListener('abort', abandon);
      this.#abandoned.delete(environment);
      this.#release(environment);
    });
    return answer;
  }

  /** Whoever waits gets a new environment in its place. */
  #abandon(environment: ExecutionEnvironment): void {
    if (this.#isClosed || this.#abandoned.size >= MACHINE_LIMITS.abandoned) return;
    this.#abandoned.add(environment);
    if (this.#waiting.length > 0 && this.#hasRoom) this.#waiting.shift()?.(this.#start());
  }

  get #hasRoom(): boolean {
    return this.#environments.size - this.#abandoned.size < this.#maximum;
  }

  /** Zero is how an operator stops a function (reserved concurrency). */
  get #maximum(): number {
    return Math.min(this.configuration.maximumEnvironments, MACHINE_LIMITS.environments);
  }

  #takeIdle(): ExecutionEnvironment | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (idle.isUsable) return idle;
    return undefined;
  }

  #startIfAllowed(): ExecutionEnvironment | undefined {
    return this.#hasRoom ? this.#start() : undefined;
  }

  #start(): ExecutionEnvironment {
    this.#statistics.coldStarts++;
    const environment = new ExecutionEnvironment(this.configuration);
    this.#environments.add(environment);
    void environment.ended.then(() => this.#forget(environment));
    return environment;
  }

  /**
   * Waits in line. Where there is room for one more process, only for a moment: an environment whose answer has just
   * gone out is about to be free, and waiting for it costs less than a start.
   */
  #wait(gone: AbortSignal | undefined): Promise<ExecutionEnvironment | undefined> {
    if (this.#environments.size === 0) return Promise.resolve(this.#start());
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      gone?.addEventListener('abort', () => this.#withdraw(resolve), { once: true });
      if (!this.#hasRoom) return;
      setTimeout(() => {
        const started = this.#waiting.includes(resolve) ? this.#startIfAllowed() : undefined;
        if (!started) return;
        this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
        resolve(started);
      }, GRACE_MILLISECONDS);
    });
  }

  #withdraw(take: (environment: ExecutionEnvironment | undefined) => void): void {
    const place = this.#waiting.indexOf(take);
    if (place === -1) return;
    this.#waiting.splice(place, 1);
    take(undefined);
  }

  #release(environment: ExecutionEnvironment): void {
    if (!environment.isUsable) return;
    const next = this.#waiting.shift();
    if (next) next(environment);
    else this.#idle.push(environment);
  }

  /** A process that died makes room for a new one, which whoever waits gets. */
  #forget(environment: ExecutionEnvironment): void {
    this.#environments.delete(environment);
    this.#abandoned.delete(environment);
    if (this.#isClosed || this.#waiting.length === 0) return;
    this.#waiting.shift()?.(this.#start());
  }

  #count<T extends Invocation>(invocation: T): T {
    if (invocation.functionError) this.#statistics.errors++;
    return invocation;
  }
}
