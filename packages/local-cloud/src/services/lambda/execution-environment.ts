import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { killProcess } from '../../processes/process-guard.ts';
import type { FunctionConfiguration } from './configuration.ts';
import { exited, outOfMemory, responseTooLarge, timedOut } from './failures.ts';
import { startFunctionProcess } from './function-process.ts';
import type { Invocation } from './invocation.ts';
import { LAMBDA_LIMITS } from './limits.ts';
import { watchMemory } from './memory-watch.ts';
import { RuntimeApi } from './runtime-api.ts';

/** An invocation in flight. */
export interface RunningInvocation {
  /** The whole answer, or the request on which a streaming handler is writing it. */
  readonly answer: Promise<Invocation | IncomingMessage>;
  /** Settles when the handler has nothing more to do, also after its answer; the environment is then free or gone. */
  readonly released: Promise<void>;
}

interface Current {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly answer: PromiseWithResolvers<Invocation | IncomingMessage>;
  readonly released: PromiseWithResolvers<void>;
  given: boolean;
  /** The runtime client has asked for the next invocation. */
  isFinished: boolean;
  /** The answer has arrived to its last byte; that of a failed stream may come after the client's next question. */
  isAnswered: boolean;
  deadline?: NodeJS.Timeout;
}

/**
 * One process with the function's code in it, which runs one invocation at a time and is used again while it lives. Unlike
 * in AWS it is not frozen between invocations: a frozen process could not notice that the local cloud is gone.
 */
export class ExecutionEnvironment {
  readonly #configuration: FunctionConfiguration;
  readonly #api: RuntimeApi;
  readonly #ended = Promise.withResolvers<void>();
  #child: ChildProcess | undefined;
  #current: Current | undefined;
  #initTimer: NodeJS.Timeout | undefined;
  #isReady = false;
  #isEnding = false;
  #isClosed = false;
  #stopMemoryWatch: () => void = () => undefined;
  /** Why the process was ended, when it did not end by itself. */
  #reason: ((requestId: string) => Invocation) | undefined;

  /** Starts at once; the first invocation waits until the function's module is loaded. */
  constructor(configuration: FunctionConfiguration) {
    this.#configuration = configuration;
    this.#api = new RuntimeApi({
      ready: () => this.#becomeReady(),
      initFailed: (error) => this.#end(() => ({ payload: error, functionError: 'Unhandled' })),
      answered: (kind, bytes, body) => this.#answer(toInvocation(kind, bytes, body)),
      streams: (body) => this.#answer(body),
    });
    this.#start().catch((error: Error) => this.#finish(() => exitedBecause(error)));
  }

  /** Settles when the process is gone and every invocation of it is answered. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether it can take an invocation: false from the moment its end is known. */
  get isUsable(): boolean {
    return !this.#isEnding;
  }

  /** @param payload the event's JSON, within the limit */
  invoke(payload: Buffer): RunningInvocation {
    const answer = Promise.withResolvers<Invocation | IncomingMessage>();
    const released = Promise.withResolvers<void>();
    this.#current = {
      requestId: randomUUID(),
      payload,
      answer,
      released,
      given: false,
      isFinished: false,
      isAnswered: false,
    };
    if (this.#isReady) this.#give(this.#current);
    return { answer: answer.promise, released: released.promise };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#end((requestId) => exited(requestId, null, 'SIGKILL'));
    await this.ended;
  }

  async #start(): Promise<void> {
    const address = await this.#api.listen();
    if (this.#isEnding) return this.#finish((requestId) => exited(requestId, null, 'SIGKILL'));
    const child = startFunctionProcess(this.#configuration, address);
    this.#child = child;
    child.once('error', (error) => this.#finish(() => exitedBecause(error)));
    child.once('exit', (code, signal) => this.#finish((requestId) => exited(requestId, code, signal)));
    this.#limit(child);
  }

  #limit(child: ChildProcess): void {
    const { timeoutSeconds, memoryMegabytes } = this.#configuration;
    // Lambda gives the module 10 s to load, and then starts it once more within the invocation's own time.
    const seconds = LAMBDA_LIMITS.initMilliseconds / 1000 + timeoutSeconds;
    this.#initTimer = setTimeout(() => this.#end((requestId) => timedOut(requestId, seconds)), seconds * 1000);
    this.#stopMemoryWatch = watchMemory(child.pid ?? 0, memoryMegabytes, () => this.#end(outOfMemory));
  }

  #becomeReady(): void {
    clearTimeout(this.#initTimer);
    this.#isReady = true;
    const current = this.#current;
    if (!current) return;
    if (!current.given) {
      this.#give(current);
    } else {
      current.isFinished = true;
      this.#releaseWhenOver(current);
    }
  }

  #releaseWhenOver(current: Current): void {
    if (!current.isFinished || !current.isAnswered || this.#isEnding) return;
    this.#current = undefined;
    clearTimeout(current.deadline);
    current.released.resolve();
  }

  #give(current: Current): void {
    const milliseconds = this.#configuration.timeoutSeconds * 1000;
    this.#isReady = false;
    current.given = true;
    current.deadline = setTimeout(
      () => this.#end((requestId) => timedOut(requestId, this.#configuration.timeoutSeconds)),
      milliseconds,
    );
    const { requestId, payload } = current;
    const deadline = Date.now() + milliseconds;
    this.#api.give({ requestId, payload, deadline, functionArn: this.#configuration.arn });
  }

  #answer(answer: Invocation | IncomingMessage): void {
    const current = this.#current;
    if (!current) return;
    const finish = (): void => {
      current.isAnswered = true;
      this.#releaseWhenOver(current);
    };
    if ('payload' in answer) finish();
    else answer.once('end', finish);
    current.answer.resolve(answer);
  }

  #end(reason: (requestId: string) => Invocation): void {
    this.#isEnding = true;
    this.#reason ??= reason;
    this.#kill();
  }

  #kill(): void {
    if (this.#child) killProcess(this.#child, 'group');
  }

  /** The process is gone: what is still in its sockets is read, then the invocation gets its answer. */
  async #finish(reason: (requestId: string) => Invocation): Promise<void> {
    this.#isEnding = true;
    this.#stopMemoryWatch();
    clearTimeout(this.#initTimer);
    // What the function started belongs to the environment and ends with it.
    this.#kill();
    await this.#api.close();
    const current = this.#current;
    this.#current = undefined;
    if (current) this.#fail(current, (this.#reason ?? reason)(current.requestId));
    this.#ended.resolve();
  }

  #fail(current: Current, failure: Invocation): void {
    clearTimeout(current.deadline);
    if (!this.#isClosed) this.#configuration.log(failure.payload.toString());
    current.answer.resolve(failure);
    current.released.resolve();
  }
}

function toInvocation(kind: 'response' | 'error', bytes: number, body: Buffer | undefined): Invocation {
  if (!body) return responseTooLarge(bytes);
  return kind === 'error' ? { payload: body, functionError: 'Unhandled' } : { payload: body };
}

function exitedBecause(error: Error): Invocation {
  const payload = { errorType: 'Runtime.InvalidEntrypoint', errorMessage: `Error: ${error.message}` };
  return { payload: Buffer.from(JSON.stringify(payload)), functionError: 'Unhandled' };
}
