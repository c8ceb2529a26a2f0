import { isAllowed } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { fileById } from '../files/library-file.ts';
import { reachableBy } from '../files/reachable-by.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { JobTask, LibraryJob } from '../store/library-job.ts';
import { MemberNames, withEnding } from '../zips/member-names.ts';
import type { ZipMember } from '../zips/zip-format.ts';
import { directory, MemberBytes, memberHeader } from '../zips/zip-format.ts';
import { ZipParts } from '../zips/zip-parts.ts';
import type { Delivered, ZippedBytes, ZipStorage } from '../zips/zip-storage.ts';
import type { HeldJob } from './job-progress.ts';

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
  const parts = await ZipParts.begin(deps.zips.storage, zipKey(held.job), task.fileName);
  try {
    await writeMembers(deps, held, task, parts);
    await parts.end();
  } catch (error) {
    await parts.abort();
    throw error;
  }
  return { state: 'completed', heldUntil: 0 };
}

async function writeMembers(deps: WriteZipDeps, held: HeldJob, task: ZipTask, parts: ZipParts): Promise<void> {
  const { kind, id } = held.job.caller;
  const caller = { kind, id, grants: task.grants };
  const names = new MemberNames();
  const members: ZipMember[] = [];
  for (const fileId of task.fileIds) {
    const member = await writeMember(deps, caller, { fileId, task, names, parts }, held);
    if (member) members.push(member);
    await held.done(member ? 1 : 0);
  }
  await parts.write(directory(members, parts.written));
}

interface MemberOfZip {
  readonly fileId: string;
  readonly task: ZipTask;
  readonly names: MemberNames;
  readonly parts: ZipParts;
}

/** @returns undefined for one that is left out */
async function writeMember(
  deps: WriteZipDeps,
  caller: Caller,
  { fileId, task, names, parts }: MemberOfZip,
  held: HeldJob,
): Promise<ZipMember | undefined> {
  const file = await takenOut(deps, caller, fileId, held);
  const read = file && (await bytesOf(deps, file, task));
  if (!file || !read) {
    if (file) held.failed(file.path, problem('file.invalid', `It is not delivered with n-${task.transformation}.`));
    return undefined;
  }
  const wanted = withEnding(pathInZip(file, task.folder), read.contentType);
  const name = Buffer.from(names.nameOf(wanted));
  const head = { name, modifiedAt: file.head.updatedAt, offset: parts.written };
  await parts.write(memberHeader(head));
  const framed = new MemberBytes();
  for await (const piece of read.bytes) {
    for (const part of framed.frame(piece)) await parts.write(part);
    // A large file takes longer than a worker may have left.
    await held.done(0);
  }
  for (const part of framed.end()) await parts.write(part);
  return { ...head, ...framed.sizes };
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

async function bytesOf(
  { zips }: WriteZipDeps,
  { head, path }: LibraryFile,
  { transformation }: ZipTask,
): Promise<(Partial<Pick<Delivered, 'contentType'>> & Pick<Delivered, 'bytes'>) | undefined> {
  if (transformation === undefined) return { bytes: await zips.bytes.original(head.objectKey) };
  return zips.bytes.transformed(path, transformation);
}

/** Relative to the folder, where one was asked for; a file that was moved out of it since has its name. */
const pathInZip = ({ path, head }: LibraryFile, folder: string | undefined): string =>
  folder !== undefined && path.startsWith(folder === '/' ? '/' : `${folder}/`) ? path.slice(folder.length) : head.name;
