import type { Caller } from '../kernel/caller.ts';
import { Problem, problem } from '../kernel/problems.ts';
import type { UploadIntent } from './asset.ts';
import { joinPath, withSuffix } from './asset-path.ts';
import { valuesOfNewFile } from './custom-fields/field-values.ts';
import type { FieldsOf } from './custom-fields/known-fields.ts';
import type { ContentTools } from './file-content.ts';
import { readContent } from './file-content.ts';
import { headAt } from './files/relocate-file.ts';
import type { Originals } from './originals.ts';
import { requireVersion } from './store/numbered-version.ts';
import { requireInFolder } from './tree/ensure-folder.ts';
import { findFolder } from './tree/find-folder.ts';
import type { Folder } from './tree/folder.ts';
import { pathIn } from './tree/folder.ts';
import type { UploadParameters, UploadRequest } from './upload-request.ts';
import type { CompletedIntent, CompleteIntentDeps, KnownPlace } from './uploads/complete-intent.ts';
import { completeIntent, nameTaken } from './uploads/complete-intent.ts';
import type { PlannedUpload } from './uploads/upload-intent.ts';
import { toIntent } from './uploads/upload-intent.ts';

/** Gets a file from elsewhere. @throws Problem upload.remote-failed or upload.too-large */
export type FetchRemote = (url: string) => Promise<Uint8Array>;

export interface UploadFileDeps extends ContentTools, CompleteIntentDeps {
  readonly originals: Originals;
  readonly fetchRemote: FetchRemote;
  readonly fieldsOf: FieldsOf;
  /** 9 characters of A-Z a-z 0-9 _ -. */
  readonly nameSuffix: () => string;
}

export interface CompletedUpload extends CompletedIntent {
  /** As in Content. */
  readonly untransformable?: string;
}

/** Collisions of a random suffix that are worth another one; one is already a rarity (64^9 suffixes). */
const SUFFIX_ATTEMPTS = 5;

/**
 * Uploads one file.
 * @throws Problem of an upload.* code, source.limit or busy; nothing is stored then
 */
export async function uploadFile(
  deps: UploadFileDeps,
  caller: Caller,
  request: UploadRequest,
): Promise<CompletedUpload> {
  const [folder, hidesOrigin, fields] = await Promise.all([
    requireInFolder(deps.store, caller, 'files.upload', request.folder),
    deps.hasOrigins?.() ?? false,
    deps.fieldsOf(Object.keys(request.customMetadata ?? {})),
  ]);
  const customMetadata = valuesOfNewFile(fields, request.customMetadata ?? {});
  const { bytes, claimedType } = await readSource(deps, request);
  const { untransformable, ...content } = await readContent(deps, bytes, request.name, claimedType);
  if (request.customCoordinates && content.fileType !== 'image') {
    throw problem('upload.invalid-parameter', 'customCoordinates is for images only.');
  }
  const completed = await storeUnderName(deps, {
    ...{ caller, request, content, bytes, customMetadata },
    ...{ folder, hidesOrigin },
  });
  return { ...completed, ...(untransformable !== undefined && { untransformable }) };
}

/** An upload that was read and found good. */
interface ReadUpload extends KnownPlace, PlannedUpload {
  readonly bytes: Uint8Array;
}

/** Whether a random suffix is taken is not asked for before: it hardly ever is, and the transaction finds out. */
async function storeUnderName(deps: UploadFileDeps, upload: ReadUpload): Promise<CompletedIntent> {
  const { request, folder } = upload;
  if (!request.unique) {
    await refuseTakenName(deps, request, folder);
    return store(deps, upload, request.name);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await store(deps, upload, withSuffix(request.name, deps.nameSuffix()));
    } catch (error) {
      const isTaken = error instanceof Problem && error.code === 'upload.name-taken';
      if (!isTaken || attempt === SUFFIX_ATTEMPTS) throw error;
    }
  }
}

/**
 * A name that must be free is looked up before anything is stored.
 * @param folder where the file goes; undefined while there is none
 * @throws Problem upload.name-taken
 */
export async function refuseTakenName(
  { store }: Pick<UploadFileDeps, 'store'>,
  { unique, overwrite, folder: folderPath, name }: UploadParameters,
  folder: Folder | undefined,
): Promise<void> {
  if (unique || overwrite || !folder) return;
  if (await store.fileEntry(folder.folderId, name)) throw nameTaken(joinPath(folderPath, name));
}

/**
 * Intent, bytes, transaction, in this order, so that at every moment either nothing is visible or everything is, and what a
 * dead caller leaves behind is completed by the S3 event or ends by itself.
 */
async function store(deps: UploadFileDeps, upload: ReadUpload, name: string): Promise<CompletedIntent> {
  const intent = toIntent(deps, upload, name);
  await deps.store.addIntent(intent);
  await deps.originals.write(intent, upload.bytes);
  return completeOrUndo(deps, intent, upload);
}

async function readSource(deps: UploadFileDeps, { source }: UploadRequest) {
  if (source.kind === 'bytes') return { bytes: source.bytes, claimedType: source.claimedType };
  return { bytes: await deps.fetchRemote(source.url), claimedType: undefined };
}

/** A refused upload leaves nothing behind, unless the S3 event completed it before it could be refused. */
export async function completeOrUndo(
  deps: UploadFileDeps,
  intent: UploadIntent,
  known?: KnownPlace,
): Promise<CompletedIntent> {
  let refusal = problem('busy', `The upload to "${intent.path}" was cut short; try again.`);
  try {
    const completed = await completeIntent(deps, intent, known);
    if (completed) return completed;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (await undoUpload(deps, intent)) throw error;
    refusal = error;
  }
  const completed = await findCompleted(deps, intent);
  if (!completed) throw refusal;
  return completed;
}

/**
 * Takes an upload back. The intent goes first and decides: who removed it owns the bytes, because the transaction that
 * would make them visible needs it. When it is gone already, the bytes may be live and stay.
 * @returns whether the upload was still incomplete
 */
export async function undoUpload(
  deps: Pick<UploadFileDeps, 'store' | 'originals'>,
  intent: UploadIntent,
): Promise<boolean> {
  const removed = await deps.store.removeIntent(intent.versionId);
  if (removed) await deps.originals.remove(intent.objectKey);
  return removed;
}

/** What the S3 event completed, found by the path. */
async function findCompleted({ store }: UploadFileDeps, intent: UploadIntent): Promise<CompletedIntent | undefined> {
  const folder = await findFolder(store, intent.folder);
  const head = folder && (await headAt({ store }, folder, intent.name));
  if (!head) return undefined;
  const { version, number } = await requireVersion(store, head, intent.versionId);
  return { file: { head, folder, path: pathIn(folder, head.name) }, version, number };
}
