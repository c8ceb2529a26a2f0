import { LIMITS } from '../../../contract/limits.ts';
import { isAllowed } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { fileById } from '../files/library-file.ts';
import { reachableBy } from '../files/reachable-by.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import { MemberNames, withEnding } from '../zips/member-names.ts';
import type { Delivered, ZipMember, ZippedBytes, ZipStorage } from '../zips/zip-storage.ts';
import type { HeldJob } from './job-progress.ts';
import { OutOfTime } from './job-progress.ts';

export interface WriteZipDeps extends ChangeDeps {
  readonly zips: { readonly storage: ZipStorage; readonly bytes: ZippedBytes };
}

type ZipTask = Extract<JobTask, { type: 'zip' }>;

/** Workers that may try: what was rendered for one is there for the next. */
const ATTEMPTS = 20;

export const zipKey = ({ jobId }: Pick<LibraryJob, 'jobId'>): string => `${jobId}.zip`;

/**
 * Writes the files that the caller may take out, as they are at this moment; the others are named in the job. A worker whose time
 * ends leaves nothing, and the next one begins anew.
 * @returns what the job is afterwards
 */
export async function writeZip(deps: WriteZipDeps, held: HeldJob, task: ZipTask): Promise<Partial<LibraryJob>> {
  const attempt = (task.attempt ?? 0) + 1;
  if (attempt > ATTEMPTS) {
    held.failed(
      task.fileName,
      problem('selection.limit', 'The files take too long to be read; ask for fewer of them.'),
    );
    return { task: { ...task, isGivenUp: true }, state: 'completed', heldUntil: 0 };
  }
  await held.note({ task: { ...task, attempt } });
  // An earlier worker's files are not in this ZIP.
  await held.done(-held.filesDone);
  await deps.zips.storage.write(zipKey(held.job), task.fileName, membersOf(deps, held, task));
  return { state: 'completed', heldUntil: 0 };
}

async function* membersOf(deps: WriteZipDeps, held: HeldJob, task: ZipTask): AsyncGenerator<ZipMember> {
  const { kind, id } = held.job.caller;
  const caller = { kind, id, grants: task.grants };
  const names = new MemberNames();
  const taken: TakenBytes = { bytes: 0 };
  for (const fileId of task.fileIds) {
    const file = await takenOut(deps, caller, fileId, held);
    const read = file && (await bytesOf(deps, file, { task, taken, held }));
    if (file && read) {
      const name = names.nameOf(withEnding(pathInZip(file, task.folder), read.contentType));
      yield { name, modifiedAt: file.head.updatedAt, bytes: counted(read.bytes, { taken, held }) };
    }
    await held.done(read ? 1 : 0);
  }
}

/** Bytes that are in the ZIP by now. */
interface TakenBytes {
  bytes: number;
}

interface ZipInWriting {
  readonly taken: TakenBytes;
  readonly held: HeldJob;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, { taken, held }: ZipInWriting): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    taken.bytes += piece.length;
    yield piece;
    // A large file takes longer than a worker may have left.
    await held.done(0);
  }
}

/** A file that the caller may take out now. What they may not see is not told of, as if it had gone since. */
async function takenOut(
  deps: WriteZipDeps,
  caller: Caller,
  fileId: string,
  held: HeldJob,
): Promise<LibraryFile | undefined> {
  try {
    const file = await fileById(deps.store, caller, 'files.read', fileId);
    const refused = whyNot(caller, file, deps.clock());
    if (!refused) return file;
    held.failed(file.path, refused);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'file.missing') throw error;
  }
  return undefined;
}

function whyNot(caller: Caller, file: LibraryFile, now: number): Problem | undefined {
  const reach = reachableBy(file, now);
  if (reach === 'nobody') return problem('file.invalid', 'It is a draft or taken down.');
  if (reach === 'everyone' || isAllowed(caller, 'folders.restrict', file.folder.chain)) return undefined;
  return problem('permission.missing', 'It is private: that needs folders.restrict in its folder.');
}

/** @returns undefined for what is left out: the job names it */
async function bytesOf(
  { zips }: WriteZipDeps,
  { head, path }: LibraryFile,
  { task: { transformation }, taken, held }: ZipInWriting & { readonly task: ZipTask },
): Promise<(Partial<Pick<Delivered, 'contentType'>> & Pick<Delivered, 'bytes'>) | undefined> {
  // Originals were counted when the ZIP was begun, but others may have taken their place, and pictures may become larger.
  if (taken.bytes + (transformation === undefined ? head.size : 0) > LIMITS.zipBytes) {
    held.failed(path, problem('selection.limit', `The ZIP is full: it has at most ${LIMITS.zipBytes} bytes.`));
    return undefined;
  }
  if (transformation === undefined) return originalOf(zips.bytes, { head, path }, held);
  const delivered = await zips.bytes.transformed(path, transformation);
  if (!delivered) held.failed(path, problem('file.invalid', `It is not delivered with n-${transformation}.`));
  return delivered;
}

/** Files at their origin are read by the minute's run alone. @throws OutOfTime for other workers */
async function originalOf(
  bytes: ZippedBytes,
  { head, path }: Pick<LibraryFile, 'head' | 'path'>,
  held: HeldJob,
): Promise<{ readonly bytes: AsyncIterable<Uint8Array> } | undefined> {
  try {
    return { bytes: await bytes.original(head.objectKey) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'file.at-origin') throw new OutOfTime(error.message);
    held.failed(path, error);
    return undefined;
  }
}

/** Relative to the folder, where one was asked for; a file that was moved out of it since has its name. */
const pathInZip = ({ path, head }: LibraryFile, folder: string | undefined): string =>
  folder !== undefined && path.startsWith(folder === '/' ? '/' : `${folder}/`) ? path.slice(folder.length) : head.name;
