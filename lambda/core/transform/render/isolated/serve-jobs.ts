import { Problem, problem } from '../../../errors.ts';
import type { LoadAsset } from '../context.ts';
import { renderHere } from '../render-here.ts';
import type { FromChild, Job, JobResult, ToChild } from './messages.ts';

/** Makes an SVG safe. @throws Problem */
export type SanitiseSvg = (source: Uint8Array) => Uint8Array;

/** The child's side: does what it is asked for until the parent is gone. */
export function serveJobs(sanitise: SanitiseSvg): void {
  const waiting = new Map<string, PromiseWithResolvers<Uint8Array>>();
  const load: LoadAsset = (path) => {
    const asked = Promise.withResolvers<Uint8Array>();
    waiting.set(path, asked);
    send({ kind: 'load', path });
    return asked.promise;
  };
  // Not exit(): that waits for a decoder.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.on('message', (message: ToChild) => {
    if (message.kind === 'job') void answer(() => work(message.job, load, sanitise));
    else if (message.kind === 'asset') waiting.get(message.path)?.resolve(message.bytes);
    else waiting.get(message.path)?.reject(problem(message.problem.code, message.problem.message));
  });
}

async function answer(doWork: () => Promise<JobResult>): Promise<void> {
  try {
    send({ kind: 'done', result: await doWork() });
  } catch (error) {
    if (error instanceof Problem) send({ kind: 'refused', problem: { code: error.code, message: error.message } });
    else send({ kind: 'failed', message: error instanceof Error ? error.message : 'no error' });
  }
}

async function work(job: Job, load: LoadAsset, sanitise: SanitiseSvg): Promise<JobResult> {
  if (job.kind === 'sanitise') return { bytes: sanitise(job.source) };
  const { source, plan, accepts, focusArea, best } = job;
  const { bytes, improve, contentType, format, width, height } = await renderHere(
    source,
    plan,
    accepts,
    load,
    focusArea,
  );
  const picture = { contentType, format, width, height, improves: improve !== undefined };
  return { bytes: best && improve ? await improve() : bytes, picture };
}

function send(message: FromChild): void {
  process.send?.(message);
}
