import { LIMITS } from '../../../contract/limits.ts';
import { onBehalfOf } from '../../accounts/owner.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import type { UploadIntent } from '../asset.ts';
import { toStoredContent } from '../asset.ts';
import { addFile, nextRevision, replaceFile } from '../files/file-steps.ts';
import { requireMatchAt } from '../files/file-tag.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { headAt } from '../files/relocate-file.ts';
import type { ChangeStep, Effect } from '../store/change.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { FileHead, FileVersion } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';

export interface CompleteIntentDeps extends ChangeDeps {
  /** Whether files of origins may be delivered under paths that the library does not have. @default no */
  readonly hasOrigins?: () => Promise<boolean>;
}

/** What whoever began the upload has read already; it may be old by now. */
export interface KnownPlace {
  readonly folder: Folder | undefined;
  /** What `hasOrigins` says. */
  readonly hidesOrigin: boolean;
}

export interface CompletedIntent {
  readonly file: LibraryFile;
  readonly version: FileVersion;
  /** Of the version, among all of the file's. */
  readonly number: number;
}

/**
 * Makes an upload visible whose bytes are stored: one transaction consumes the intent and writes entry, head and version.
 * The API's call and the S3 event both come here; the second finds the intent gone and changes nothing. Rights were asked
 * for when it began; it lands in no folder that they did not cover then.
 * @param begun of the call that stored intent and bytes itself a moment ago @default everything is read
 * @returns undefined when somebody else completed the upload
 * @throws Problem permission.missing, file.changed, upload.name-taken, upload.version-limit, or busy after too many lost races
 */
export async function completeIntent(
  deps: CompleteIntentDeps,
  intent: UploadIntent,
  begun?: KnownPlace,
): Promise<CompletedIntent | undefined> {
  const caller = onBehalfOf(intent.uploader, intent.uploaderFolderIds);
  const hidesOrigin = begun?.hidesOrigin ?? (await deps.hasOrigins?.()) ?? false;
  let known = begun?.folder;
  return decideAndCommit(deps, caller, async (now): Promise<Decision<CompletedIntent> | NoChange<undefined>> => {
    const place = (known && (await placeAsKnown(deps, known, intent))) ?? (await placeOf(deps, caller, intent));
    known = undefined;
    if (!place) return { unchanged: undefined };
    const { folder, current } = place;
    requireMatchAt(intent.path, current, intent.ifMatch);
    if (current) refuseTaken(current, intent, folder);
    const head = current ? nextHead(current, intent, caller, now) : firstHead(folder, intent, caller, now);
    return toDecision({ intent, folder, current, head, hidesOrigin }, now);
  });
}

/** Where an upload belongs, and the file that is there. */
interface Place {
  readonly folder: Folder;
  readonly current: FileHead | undefined;
}

/** Undefined when a folder was moved since. That the intent is there is for the transaction to say. */
async function placeAsKnown(
  deps: CompleteIntentDeps,
  folder: Folder,
  { name }: UploadIntent,
): Promise<Place | undefined> {
  const [stamp, current] = await Promise.all([deps.store.stamp(), headAt(deps, folder, name)]);
  return stamp === folder.stamp ? { folder, current } : undefined;
}

/** Undefined when the intent is gone: somebody else has completed the upload. */
async function placeOf(deps: CompleteIntentDeps, caller: Caller, intent: UploadIntent): Promise<Place | undefined> {
  if (!(await deps.store.intent(intent.versionId))) return undefined;
  const folder = await ensureFolder(deps, caller, 'files.upload', intent.folder);
  return { folder, current: await headAt(deps, folder, intent.name) };
}

interface Completion {
  readonly intent: UploadIntent;
  readonly folder: Folder;
  readonly current: FileHead | undefined;
  readonly head: FileHead;
  readonly hidesOrigin: boolean;
}

function toDecision(
  { intent, folder, current, head, hidesOrigin }: Completion,
  now: string,
): Decision<CompletedIntent> {
  const path = pathIn(folder, head.name);
  const version = versionOf(head, intent, now);
  const steps: ChangeStep[] = [
    { remove: 'intent', key: { versionId: intent.versionId }, was: { isEnding: undefined } },
    ...(current ? replaceFile(current, head) : addFile(head)),
    { create: 'version', record: version },
  ];
  const effects: Effect[] = [
    ...(current || hidesOrigin ? [{ effect: 'purge-path' as const, path }] : []),
    ...(intent.post ?? []).map((transformation) => ({ effect: 'prepare-variant' as const, path, transformation })),
  ];
  return {
    steps,
    effects,
    action: 'file.uploaded',
    object: { kind: 'file', id: head.assetId },
    after: { path, versionId: version.versionId, size: version.size, contentType: version.contentType },
    result: { file: { head, folder, path }, version, number: head.versionNumber },
  };
}

function refuseTaken(current: FileHead, intent: UploadIntent, { chain }: Folder): void {
  if (intent.whenTaken === 'refuse') {
    throw nameTaken(intent.path);
  }
  const { publisherFolderIds: publishable } = intent;
  const isMadePublic = current.isPrivate && intent.isPrivate === false;
  if (isMadePublic && publishable && !chain.some((id) => publishable.includes(id))) {
    throw problem(
      'permission.missing',
      `"${intent.path}" is private; who makes it public needs the permission folders.restrict.`,
    );
  }
  if (current.versionCount >= LIMITS.versions) {
    throw problem(
      'upload.version-limit',
      `"${intent.path}" has ${current.versionCount} versions; ${LIMITS.versions} is the most. Delete some first.`,
    );
  }
}

export function nameTaken(path: string): Problem {
  return problem('upload.name-taken', `"${path}" exists already and may not be overwritten.`);
}

function firstHead(folder: Folder, intent: UploadIntent, caller: Caller, now: string): FileHead {
  return {
    ...toStoredContent(intent),
    ...given(intent),
    ...(intent.tags && { tags: intent.tags }),
    ...(intent.customMetadata && { customMetadata: intent.customMetadata }),
    assetId: intent.versionId,
    revision: 1,
    state: 'live',
    folderId: folder.folderId,
    name: intent.name,
    versionId: intent.versionId,
    versionNumber: 1,
    lastNumber: 1,
    versionCount: 1,
    histories: [{ id: intent.versionId, offset: 0 }],
    isPrivate: intent.isPrivate ?? intent.isPrivateWhenNew ?? false,
    isPublished: intent.isPublished ?? true,
    createdAt: now,
    createdBy: caller.id,
    updatedAt: now,
    updatedBy: caller.id,
  };
}

/** Coordinates belong to the picture and go with it; the rest describes the file and stays unless given anew. */
function nextHead(current: FileHead, intent: UploadIntent, caller: Caller, now: string): FileHead {
  const { width: _, height: __, customCoordinates: ___, summary: ____, ...described } = current;
  const { tags: kept, customMetadata: keptValues, ...others } = described;
  const tags = intent.tags ?? (intent.keepTags ? kept : undefined);
  const customMetadata = intent.keepCustomMetadata ? keptValues : intent.customMetadata;
  const number = current.lastNumber + 1;
  return {
    ...nextRevision(others, caller, now),
    ...toStoredContent(intent),
    ...given(intent),
    ...(tags && { tags }),
    ...(customMetadata && { customMetadata }),
    versionId: intent.versionId,
    versionNumber: number,
    lastNumber: number,
    versionCount: current.versionCount + 1,
    isPrivate: intent.isPrivate ?? current.isPrivate,
    isPublished: intent.isPublished ?? current.isPublished,
  };
}

const given = ({ description, customCoordinates, summary }: UploadIntent) => ({
  ...(description && { description }),
  ...(customCoordinates && { customCoordinates }),
  ...(summary && { summary }),
});

/** New versions are added to the newest history. */
function versionOf(head: FileHead, intent: UploadIntent, now: string): FileVersion {
  const history = head.histories.at(-1);
  if (!history) throw new Error('A file has no history.');
  const { versionId, summary } = intent;
  return {
    ...toStoredContent(intent),
    ...(summary && { summary }),
    historyId: history.id,
    versionId,
    number: head.versionNumber - history.offset,
    createdAt: now,
  };
}
