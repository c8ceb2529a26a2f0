import type { MakeEvent } from '../audit/event-maker.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import { problem } from '../kernel/problems.ts';
import type { Report } from '../kernel/report.ts';
import type { LibraryFolders } from '../library/files/folder-content.ts';
import type { LibraryStore } from '../library/store/library-store.ts';
import { SETTINGS_MEMORY } from '../settings/settings-memory.ts';
import type { AccountPurges } from './account-purge.ts';
import type { PurgeJob, PurgeJobs } from './purge-job.ts';
import type { PurgeTarget } from './purge-target.ts';
import { variantsOfUrl } from './url-variants.ts';
import type { OriginCacheRemoval, VariantRemoval } from './variant-removal.ts';

export interface PurgeDeps {
  readonly jobs: PurgeJobs;
  readonly accountPurges: AccountPurges;
  readonly folders: LibraryFolders;
  readonly removal: VariantRemoval;
  readonly originCache: OriginCacheRemoval;
  readonly clock: Clock;
  readonly hexId: () => string;
  readonly report: Report;
}

/** Jobs that clean up behind a folder which was renamed. */
export type FolderJobs = Pick<LibraryStore, 'job'>;

/** Days for which a purge can be asked about. */
const REMEMBERED_DAYS = 30;

/** Seconds in which every region takes up a purge of the account, also one that is down for a while. */
const ACCOUNT_PURGE_SECONDS = 86_400;

/** Milliseconds in which a change is made and known everywhere, the call that makes it included. */
const SETTLING = 2 * SETTINGS_MEMORY;

/** Paths whose variants are removed together. */
const BATCH = 100;

/**
 * Begins a purge and carries it out. It is written down first: what the caller's call does not finish, because it dies or
 * takes too long, the minute's run finishes (`resumePurges`).
 * @returns id by which its state is asked for
 * @throws Problem asset.unknown for a file that does not exist
 */
export async function purgeAssets(
  deps: PurgeDeps & { readonly makeEvent: MakeEvent },
  caller: Caller,
  target: PurgeTarget,
): Promise<string> {
  if (target.kind === 'asset' && !(await deps.folders.pathOf(target.fileId))) {
    throw problem('asset.unknown', 'No file has this fileId.');
  }
  const job = newJob(deps, deps.hexId(), target);
  const object = { kind: 'purge', id: job.requestId };
  await deps.jobs.begin(job, deps.makeEvent(caller, 'cache.purged', object, { after: { target } }));
  await carryOut(deps, job).catch((error: unknown) => deps.report('purge-failed', error));
  return job.requestId;
}

/**
 * Makes a change of the account's settings and purges in every region what it makes outdated: here right after it,
 * everywhere by the minute's run, which also takes what a function makes meanwhile that remembers the old settings. The
 * purges are written down before the change, so no change is without them.
 * @throws what the change throws
 */
export async function purgeAround<T>(
  deps: PurgeDeps,
  targets: readonly PurgeTarget[],
  change: () => Promise<T>,
): Promise<T> {
  const now = deps.clock();
  const createdAt = new Date(now).toISOString();
  const expiresAt = Math.floor(now / 1000) + ACCOUNT_PURGE_SECONDS;
  for (const target of targets) {
    await deps.accountPurges.save({ requestId: deps.hexId(), target, createdAt, expiresAt });
  }
  const changed = await change();
  for (const target of targets) {
    await remove(deps, target).catch((error: unknown) => deps.report('purge-failed', error));
  }
  return changed;
}

/**
 * Finishes the purges that were begun and left, and carries out those of the account; running one twice does no harm.
 * Never rejects: what fails is tried again in a minute.
 */
export async function resumePurges(deps: PurgeDeps): Promise<void> {
  try {
    await adoptAccountPurges(deps);
  } catch (error) {
    deps.report('purge-failed', error);
  }
  for (const job of await deps.jobs.pending()) {
    await carryOut(deps, job).catch((error: unknown) => deps.report('purge-failed', error));
  }
}

/** Every account purge becomes a job of this region, once. */
async function adoptAccountPurges(deps: PurgeDeps): Promise<void> {
  const settled = deps.clock() - SETTLING;
  for (const { requestId, target, createdAt } of await deps.accountPurges.list()) {
    if (Date.parse(createdAt) > settled || (await deps.jobs.find(requestId))) continue;
    await deps.jobs.save(newJob(deps, requestId, target));
  }
}

function newJob({ clock }: PurgeDeps, requestId: string, target: PurgeTarget): PurgeJob {
  const now = clock();
  return {
    requestId,
    target,
    state: 'pending',
    invalidationIds: [],
    createdAt: new Date(now).toISOString(),
    expiresAt: Math.floor(now / 1000) + REMEMBERED_DAYS * 86_400,
  };
}

/** @throws Problem purge.unknown */
export async function purgeStatus(
  deps: PurgeDeps & { readonly folderJobs: FolderJobs },
  requestId: string,
): Promise<'Pending' | 'Completed'> {
  const [job, ofFolder] = await Promise.all([deps.jobs.find(requestId), deps.folderJobs.job(requestId)]);
  // Such a job waits for the CDN itself.
  if (ofFolder?.isPurge) return ofFolder.state === 'completed' ? 'Completed' : 'Pending';
  if (!job) throw problem('purge.unknown', 'No purge request has this id.');
  const isDone = job.state === 'removed' && (await deps.removal.areComplete(job.invalidationIds));
  return isDone ? 'Completed' : 'Pending';
}

async function carryOut(deps: PurgeDeps, job: PurgeJob): Promise<void> {
  const invalidationIds = await remove(deps, job.target);
  await deps.jobs.save({ ...job, state: 'removed', invalidationIds });
}

/** @returns ids of the CDN's invalidations */
async function remove(deps: PurgeDeps, target: PurgeTarget): Promise<string[]> {
  switch (target.kind) {
    case 'url':
      return removeUrl(deps, target);
    case 'endpoint':
      return deps.removal.removeEndpoint(target.id);
    case 'name':
      return deps.removal.removeNamed(target.name);
    default:
      return removeAssets(deps, target);
  }
}

async function removeUrl(deps: PurgeDeps, target: Extract<PurgeTarget, { kind: 'url' }>): Promise<string[]> {
  const { assetPath, keys } = await variantsOfUrl(target);
  await deps.originCache.remove([assetPath]);
  return keys ? deps.removal.removeVariants(assetPath, keys) : deps.removal.removePaths([assetPath]);
}

async function removeAssets(deps: PurgeDeps, target: AssetTarget): Promise<string[]> {
  const { removal } = deps;
  const folder = wholeFolder(target);
  const invalidationIds: string[] = [];
  for await (const paths of batches(pathsOf(deps.folders, target))) {
    await deps.originCache.remove(paths);
    const told = await (folder === undefined ? removal.removePaths(paths) : removal.removeInFolder(folder, paths));
    invalidationIds.push(...told);
  }
  if (folder !== undefined) invalidationIds.push(...(await removal.tellOfFolder(folder)));
  return invalidationIds;
}

/** The folder all of whose files are meant, if that is what the target says. */
function wholeFolder(target: AssetTarget): string | undefined {
  if (target.kind === 'folder') return target.folder;
  return target.kind === 'prefix' && target.prefix.endsWith('/') ? folderOf(target.prefix) : undefined;
}

type AssetTarget = Extract<PurgeTarget, { kind: 'prefix' | 'asset' | 'folder' | 'tag' }>;

async function* pathsOf(folders: LibraryFolders, target: AssetTarget): AsyncGenerator<string> {
  if (target.kind === 'asset') {
    const path = await folders.pathOf(target.fileId);
    if (path !== undefined) yield path;
    return;
  }
  const start = target.kind === 'folder' ? target.folder : target.kind === 'prefix' ? folderOf(target.prefix) : '/';
  // A file outside the library (of an origin) has no folder; its own path is all that is known of it.
  if (target.kind === 'prefix' && !target.prefix.endsWith('/')) yield target.prefix;
  for (const queue = [start]; queue.length > 0; ) {
    const content = await folders.list(queue.shift() as string);
    for (const file of content.files) {
      const isMeant =
        target.kind === 'folder' ||
        (target.kind === 'tag' ? file.tags.includes(target.tag) : file.path.startsWith(target.prefix));
      if (isMeant) yield file.path;
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
