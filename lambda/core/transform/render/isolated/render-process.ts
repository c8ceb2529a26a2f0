import type { ChildProcess } from 'node:child_process';
import { LIMITS } from '../../../../contract/limits.ts';
import { Problem, problem } from '../../../errors.ts';
import type { LoadAsset } from '../context.ts';
import { timeout } from '../engine.ts';
import type { ChildProgram } from './child-program.ts';
import { WORKING_MILLISECONDS } from './child-program.ts';
import { watchMemory } from './memory-watch.ts';
import type { FromChild, Job, JobResult, ToChild } from './messages.ts';

/** A child process that does one job at a time, and does not survive one that goes wrong. */
export class RenderProcess {
  readonly #child: ChildProcess;
  #worked = 0;
  #isGone = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#child.once('exit', () => {
      this.#isGone = true;
    });
    this.#child.on('error', () => this.kill());
    this.rest();
  }

  static async start({ command, arguments: words, environment }: ChildProgram): Promise<RenderProcess> {
    // Imported when it is needed: at the start of a function it would be a twentieth of the time.
    const { spawn } = await import('node:child_process');
    const child = spawn(command, words, {
      // Not inherited: what a decoder has to say would be a stranger's text in our log.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      env: environment,
      cwd: '/',
    });
    return new RenderProcess(child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether another job may be given to it. */
  get isFresh(): boolean {
    return !this.#isGone && this.#child.connected && this.#worked < WORKING_MILLISECONDS;
  }

  /** A child that waits does not keep this process alive. */
  rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  kill(): void {
    this.#isGone = true;
    this.#child.kill('SIGKILL');
  }

  /**
   * @param milliseconds after which the child is killed
   * @throws Problem of the job itself, render.timeout, render.memory, or source.unreadable when the process dies
   */
  async run(job: Job, load: LoadAsset, milliseconds: number): Promise<JobResult> {
    const started = performance.now();
    this.#child.ref();
    this.#child.channel?.ref();
    try {
      return await this.#untilDone(job, load, milliseconds);
    } finally {
      this.#worked += performance.now() - started;
      this.rest();
    }
  }

  #untilDone(job: Job, load: LoadAsset, milliseconds: number): Promise<JobResult> {
    const child = this.#child;
    const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
    const end = (error: Error) => {
      reject(error);
      this.kill();
    };
    const timer = setTimeout(() => end(timeout()), milliseconds);
    const unwatch = watchMemory(child.pid ?? 0, LIMITS.renderBytes, () => end(tooMuchMemory()));
    const onExit = () => end(died());
    const onMessage = (message: FromChild) => {
      if (message.kind === 'done') resolve(message.result);
      else if (message.kind === 'refused') reject(problem(message.problem.code, message.problem.message));
      else if (message.kind === 'failed') reject(new Error(`The child failed: ${message.message}`));
      else void this.#answer(message.path, load);
    };
    child.once('exit', onExit).on('message', onMessage);
    this.#send({ kind: 'job', job });
    return promise.finally(() => {
      clearTimeout(timer);
      unwatch();
      child.off('exit', onExit).off('message', onMessage);
    });
  }

  async #answer(path: string, load: LoadAsset): Promise<void> {
    try {
      this.#send({ kind: 'asset', path, bytes: await load(path) });
    } catch (error) {
      const { code, message } = error instanceof Problem ? error : problem('internal', 'A layer could not be read.');
      this.#send({ kind: 'no-asset', path, problem: { code, message } });
    }
  }

  /** What cannot be sent needs no report of its own: the child has died, and that is noticed. */
  #send(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}

const died = () => problem('source.unreadable', 'The source made its decoder fail; it is damaged, or made to do that.');

const tooMuchMemory = () =>
  problem('render.memory', `A render may take ${LIMITS.renderBytes} bytes of memory, this one needed more.`);
