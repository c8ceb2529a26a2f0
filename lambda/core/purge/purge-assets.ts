import { problem } from '../errors.ts';
import type { Clock, Report } from '../library/ports.ts';
import type { FetchedRemoval, LibraryFolders, PurgeJob, PurgeJobs, VariantRemoval } from './ports.ts';
import type { PurgeTarget } from './purge-target.ts';
import { variantKeysOf } from './url-variants.ts';

export interface PurgeDeps {
  readonly jobs: PurgeJobs;
  readonly folders: LibraryFolders;
  readonly removal: VariantRemoval;
  readonly fetched: FetchedRemoval;
  readonly clock: Clock;
  readonly hexId: () => string;
  readonly report: Report;
}

/** Days for which a purge can be asked about. */
const REMEMBERED_DAYS = 30;

/** Paths whose variants are removed together. */
const BATCH = 100;

/**
 * Begins a purge and carries it out. It is written down first: what the caller's call does not finish, because it dies or
 * takes too long, the minute's run finishes (`resumePurges`).
 * @throws Problem purge.invalid for a file that does not exist
 */
export async function purgeAssets(deps: PurgeDeps, target: PurgeTarget): Promise<PurgeJob> {
  if (target.kind === 'asset' && !(await deps.folders.findAsset(target.fileId))) {
    throw problem('asset.unknown', 'No file has this fileId.');
  }
  const now = deps.clock();
  const job: PurgeJob = {
    requestId: deps.hexId(),
    target,
    state: 'pending',
    invalidationIds: [],
    createdAt: new Date(now).toISOString(),
    expiresAt: Math.floor(now / 1000) + REMEMBERED_DAYS * 86_400,
  };
  await deps.jobs.save(job);
  return await carryOut(deps, job).catch((error: unknown) => {
    deps.report('purge-failed', error);
    return job;
  });
}

/** Finishes the purges that were begun and left; running one twice does no harm. */
export async function resumePurges(deps: PurgeDeps): Promise<void> {
  for (const job of await deps.jobs.pending()) {
    await carryOut(deps, job).catch((error: unknown) => deps.report('purge-failed', error));
  }
}

/** @throws Problem purge.unknown */
export async function purgeStatus(deps: PurgeDeps, requestId: string): Promise<'Pending' | 'Completed'> {
  const job = await deps.jobs.find(requestId);
  if (!job) throw problem('purge.unknown', 'No purge request has this id.');
  const isDone = job.state === 'removed' && (await deps.removal.areComplete(job.invalidationIds));
  return isDone ? 'Completed' : 'Pending';
}

async function carryOut(deps: PurgeDeps, job: PurgeJob): Promise<PurgeJob> {
  const invalidationIds: string[] = [];
  if (job.target.kind === 'url') {
    const { path, query } = job.target;
    await deps.fetched.forget([path]);
    invalidationIds.push(...(await deps.removal.removeVariants(variantKeysOf(path, query))));
  } else {
    for await (const paths of batches(pathsOf(deps.folders, job.target))) {
      await deps.fetched.forget(paths);
      invalidationIds.push(...(await deps.removal.removePaths(paths)));
    }
  }
  const done: PurgeJob = { ...job, state: 'removed', invalidationIds };
  await deps.jobs.save(done);
  return done;
}

async function* pathsOf(
  folders: LibraryFolders,
  target: Exclude<PurgeTarget, { kind: 'url' }>,
): AsyncGenerator<string> {
  if (target.kind === 'asset') {
    const asset = await folders.findAsset(target.fileId);
    if (asset) yield asset.path;
    return;
  }
  const start = target.kind === 'folder' ? target.folder : target.kind === 'prefix' ? folderOf(target.prefix) : '/';
  // A file outside the library (of an origin) has no folder; its own path is all that is known of it.
  if (target.kind === 'prefix' && !target.prefix.endsWith('/')) yield target.prefix;
  for (const queue = [start]; queue.length > 0; ) {
    const content = await folders.list(queue.shift() as string);
    for (const asset of content.assets) {
      const isMeant =
        target.kind === 'folder' ||
        (target.kind === 'tag' ? asset.tags?.includes(target.tag) : asset.path.startsWith(target.prefix));
      if (isMeant) yield asset.path;
    }
    queue.push(...content.folders.filter((folder) => target.kind !== 'prefix' || mayHold(folder, target.prefix)));
  }
}

/** The folder in which everything with a prefix lies. */
const folderOf = (prefix: string): string => prefix.slice(0, prefix.lastIndexOf('/')) || '/';

const mayHold = (folder: string, prefix: string): boolean =>
  `${folder}/`.startsWith(prefix) || prefix.startsWith(`${folder}/`);

async function* batches(paths: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const path of paths) {
    batch.push(path);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
