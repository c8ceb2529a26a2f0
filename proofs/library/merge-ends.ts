import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../wait-until.ts';
import type { BegunMerge } from './owned-call.ts';
import type { Answer, ProductToKill } from './product-to-kill.ts';
import { read, readOwned } from './read-owned.ts';

/** Seconds in which a job ends whose workers are killed, each of which holds it for two minutes. */
const ENDED = 900;

/** Milliseconds after which the audit log has what was committed; an index of it may lag. */
const LAG = 10_000;

/**
 * Waits until the job of a merge has ended. Whether one was begun by a call that nobody answered, the audit log says.
 * @param answer to the call that may have begun it
 */
export async function mergeEnds(api: ProductToKill, root: string, merge: BegunMerge, answer: Answer): Promise<void> {
  if (answer.kind === 'refused') return;
  if (answer.kind === 'ok') {
    const { jobId } = answer.body as { readonly jobId: string };
    return waitUntil(`the merge of ${merge.path} ends`, () => hasEnded(api, jobId), ENDED);
  }
  await pause(LAG);
  if (!(await wasBegun(api, merge))) return;
  const isGone = async () => (await readOwned(api, root)).folders[merge.path] === undefined;
  await waitUntil(`${merge.path} is merged`, isGone, ENDED);
}

/** Nothing can stand in its way: nobody else touches these folders. */
async function hasEnded(api: ProductToKill, jobId: string): Promise<boolean> {
  const job = await read<{ status: string; errors?: readonly string[] }>(api, `/v1/bulkJobs/${jobId}`);
  if (job.errors) throw new Error(`A merge could not bring everything over: ${job.errors.join(' ')}`);
  return job.status === 'Completed';
}

async function wasBegun(api: ProductToKill, { folderId }: BegunMerge): Promise<boolean> {
  const path = `/v1/audit/events?action=folder.moved&objectId=${folderId}`;
  const events = await read<readonly { after?: { mergedInto?: string } }[]>(api, path);
  return events.some(({ after }) => after?.mergedInto !== undefined);
}
