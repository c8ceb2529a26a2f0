import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { LIMITS } from '../../../contract/limits.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { LoadAsset } from '../context.ts';
import { timeout } from '../engine.ts';
import type { ChildProgram } from './child-program.ts';
import { WORKING_MILLISECONDS } from './child-program.ts';
import { readFrames, writeFrame } from './frames.ts';
import { watchMemory } from './memory-watch.ts';
import type { Ending, FromChild, Job, JobResult, Outcome, ToChild } from './messages.ts';
import { ANSWERS_DESCRIPTOR } from './messages.ts';

/** The job that a child is at. */
interface Current {
  readonly load: LoadAsset;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: Error) => void;
}

/** A child process that does one job at a time, and does not survive one that goes wrong. */
export class RenderProcess {
  readonly #child: ChildProcess;
  readonly #questions: Socket;
  readonly #answers: Socket;
  /** What the child may write to; removed with it. */
  readonly #folder: string;
  #current: Current | undefined;
  #worked = 0;
  #isGone = false;
  #isSpent = false;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    this.#questions = child.stdin as Socket;
    this.#answers = child.stdio[ANSWERS_DESCRIPTOR] as Socket;
    // What cannot be written needs no report of its own: the child has died, and that is noticed.
    this.#questions.on('error', () => {});
    this.#answers.on('error', () => {});
    readFrames<FromChild>(
      this.#answers,
      LIMITS.renderBytes,
      (...frame) => this.#take(...frame),
      () => this.#die(),
    );
    child.once('exit', () => this.#die());
    child.once('error', () => this.#die());
    this.rest();
  }

  static async start({ command, arguments: words, environment, folder }: ChildProgram): Promise<RenderProcess> {
    // Imported when it is needed: at the start of a function it would be a twentieth of the time.
    const { spawn } = await import('node:child_process');
    // Output is not inherited: what a decoder has to say would be a stranger's text in our log.
    const stdio = ['pipe', 'ignore', 'ignore', 'pipe'] as const;
    return new RenderProcess(spawn(command, words, { stdio: [...stdio], env: environment, cwd: '/' }), folder);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether another job may be given to it. */
  get isFresh(): boolean {
    return !this.#isGone && !this.#isSpent && this.#worked < WORKING_MILLISECONDS;
  }

  /** A child that waits does not keep this process alive. */
  rest(): void {
    for (const handle of [this.#child, this.#questions, this.#answers]) handle.unref();
  }

  kill(): void {
    this.#isGone = true;
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * @param milliseconds after which the child is killed
   * @throws Problem of the job itself, render.timeout, render.memory, or source.unreadable when the process dies
   */
  async run({ task, source }: Job, load: LoadAsset, milliseconds: number): Promise<JobResult> {
    const started = performance.now();
    for (const handle of [this.#child, this.#questions, this.#answers]) handle.ref();
    const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
    this.#current = { load, resolve, reject };
    const end = (error: Error) => {
      reject(error);
      this.kill();
    };
    const timer = setTimeout(() => end(timeout()), milliseconds);
    const unwatch = watchMemory(this.#child.pid ?? 0, LIMITS.renderBytes, () => end(tooMuchMemory()));
    if (this.#isGone) reject(died());
    else this.#send({ kind: 'job', task }, source);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      unwatch();
      this.#current = undefined;
      this.#worked += performance.now() - started;
      this.rest();
    }
  }

  #take(message: FromChild, bytes: Buffer): void {
    const current = this.#current;
    if (!current) return;
    if (message.kind === 'load') void this.#answer(message.path, current.load);
    else this.#end(message, bytes, current);
  }

  #end(message: Outcome & Ending, bytes: Buffer, current: Current): void {
    this.#isSpent ||= message.isLast;
    if (message.kind === 'failed') current.reject(new Error(`The child failed: ${message.message}`));
    else if (message.kind === 'refused') current.reject(problem(message.problem.code, message.problem.message));
    else current.resolve({ bytes, ...(message.picture && { picture: message.picture }) });
  }

  async #answer(path: string, load: LoadAsset): Promise<void> {
    try {
      this.#send({ kind: 'asset', path }, await load(path));
    } catch (error) {
      const { code, message } = error instanceof Problem ? error : problem('internal', 'A layer could not be read.');
      this.#send({ kind: 'no-asset', path, problem: { code, message } });
    }
  }

  #send(message: ToChild, bytes?: Uint8Array): void {
    if (!this.#isGone) writeFrame(this.#questions, message, bytes);
  }

  #die(): void {
    this.kill();
    this.#current?.reject(died());
  }
}

const died = () => problem('source.unreadable', 'The source made its decoder fail; the file is damaged.');

const tooMuchMemory = () =>
  problem('render.memory', `A render may take ${LIMITS.renderBytes} bytes of memory, this one needed more.`);
