import type { LoadAsset } from '../context.ts';
import { childProgram } from './child-program.ts';
import type { Job, JobResult } from './messages.ts';
import { RenderProcess } from './render-process.ts';

/** The child that waits for the next job, if one does. */
let idle: RenderProcess | undefined;

/**
 * Does a job in a child process. A child whose job went well waits for the next one. Each of several jobs at the same
 * time has its own child.
 * @param load gives other assets that the job turns out to need
 * @throws Problem, as RenderProcess.run
 */
export async function runIsolated(job: Job, load: LoadAsset, milliseconds: number): Promise<JobResult> {
  const waiting = idle;
  idle = undefined;
  if (!waiting?.isFresh) waiting?.kill();
  const child = waiting?.isFresh ? waiting : await RenderProcess.start(childProgram());
  try {
    return await child.run(job, load, milliseconds);
  } finally {
    if (idle || !child.isFresh) child.kill();
    else idle = child;
  }
}

/** Process id of the waiting child; for tests. */
export const idleChild = (): number | undefined => idle?.pid;
