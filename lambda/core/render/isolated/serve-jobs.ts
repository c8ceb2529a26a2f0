import { Socket } from 'node:net';
import { LIMITS } from '../../../contract/limits.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { LoadAsset } from '../context.ts';
import { withinTimeLimit } from '../engine.ts';
import { renderHere } from '../render-here.ts';
import { millisecondsFor } from '../render-time.ts';
import { readFrames, writeFrame } from './frames.ts';
import type { FromChild, Job, JobResult, Outcome, ToChild } from './messages.ts';
import { ANSWERS_DESCRIPTOR } from './messages.ts';

/** Makes an SVG safe. @throws Problem */
export type SvgSanitiser = (source: Uint8Array) => Uint8Array;

/**
 * The child's side: does what it is asked for until the parent is gone.
 * @param isSpent whether this process may have no other job
 */
export function serveJobs(sanitise: SvgSanitiser, isSpent: () => boolean): void {
  const answers = new Socket({ fd: ANSWERS_DESCRIPTOR, readable: false, writable: true });
  const send = (message: FromChild, bytes?: Uint8Array) => writeFrame(answers, message, bytes);
  const waiting = new Map<string, PromiseWithResolvers<Uint8Array>>();
  const load: LoadAsset = (path) => {
    const asked = Promise.withResolvers<Uint8Array>();
    waiting.set(path, asked);
    send({ kind: 'load', path });
    return asked.promise;
  };
  const doJob = async (job: Job) => {
    const { ending, bytes } = await outcome(() => work(job, load, sanitise));
    send({ ...ending, isLast: isSpent() }, bytes);
  };
  const take = (message: ToChild, bytes: Buffer) => {
    if (message.kind === 'job') void doJob({ task: message.task, source: bytes });
    else if (message.kind === 'asset') waiting.get(message.path)?.resolve(bytes);
    else waiting.get(message.path)?.reject(problem(message.problem.code, message.problem.message));
  };
  readFrames(process.stdin, LIMITS.renderBytes, take, end);
  process.stdin.once('close', end);
  answers.once('error', end);
}

/** Not exit(): that waits for a decoder. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function outcome(doWork: () => Promise<JobResult>): Promise<{ ending: Outcome; bytes?: Uint8Array }> {
  try {
    const { bytes, ...rest } = await doWork();
    return { ending: { kind: 'done', ...rest }, bytes };
  } catch (error) {
    if (error instanceof Problem) {
      return { ending: { kind: 'refused', problem: { code: error.code, message: error.message } } };
    }
    return { ending: { kind: 'failed', message: error instanceof Error ? error.message : 'no error' } };
  }
}

async function work({ task, source }: Job, load: LoadAsset, sanitise: SvgSanitiser): Promise<JobResult> {
  if (task.kind === 'sanitise') return { bytes: sanitise(source) };
  const { bytes, ...picture } = await withinTimeLimit(() => renderHere(source, task, load), millisecondsFor(task.care));
  return { bytes, picture };
}
