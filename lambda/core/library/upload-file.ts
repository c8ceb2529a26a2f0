import type { Caller } from '../kernel/caller.ts';
import { Problem, problem } from '../kernel/problems.ts';
import type { Content, UploadIntent } from './asset.ts';
import { joinPath, withSuffix } from './asset-path.ts';
import { requireChecks } from './checks/require-checks.ts';
import type { ContentTools } from './file-content.ts';
import { readContent } from './file-content.ts';
import { requireMatchAt } from './files/file-tag.ts';
import { headAt } from './files/relocate-file.ts';
import type { Originals } from './originals.ts';
import type { FieldsIn } from './path-policies/folder-fields.ts';
import { valuesOfNewFileIn } from './path-policies/values-in-folder.ts';
import type { ReadSourceDeps, SourceBytes } from './source-bytes.ts';
import { readSource } from './source-bytes.ts';
import type { EmbeddedMetadata } from './store/embedded-metadata.ts';
import { findVersion } from './store/numbered-version.ts';
import { summaryOfBytes } from './summary/described-at-upload.ts';
import type { PictureLooks } from './summary/summary-of-picture.ts';
import { requireInFolder } from './tree/ensure-folder.ts';
import { findFolder } from './tree/find-folder.ts';
import type { Folder } from './tree/folder.ts';
import { pathIn } from './tree/folder.ts';
import type { UploadParameters, UploadRequest } from './upload-request.ts';
import type { CompletedIntent, CompleteIntentDeps, KnownPlace } from './uploads/complete-intent.ts';
import { completeIntent, nameTaken } from './uploads/complete-intent.ts';
import { purgeReplaced } from './uploads/purge-replaced.ts';
import type { PlannedUpload, ToIntentDeps } from './uploads/upload-intent.ts';
import { toIntent } from './uploads/upload-intent.ts';

export interface UploadFileDeps extends ContentTools, CompleteIntentDeps, ToIntentDeps, ReadSourceDeps {
  readonly originals: Originals;
  readonly fieldsIn: FieldsIn;
  /** Transforms a picture before it is stored. @throws Problem */
  readonly transform: (bytes: Uint8Array, transformation: string) => Promise<Uint8Array>;
  /** Metadata of a picture. @throws Problem of a source.* code */
  readonly describe: (bytes: Uint8Array) => Promise<DescribedImage>;
  /** 9 characters of A-Z a-z 0-9 _ -. */
  readonly nameSuffix: () => string;
}

export interface CompletedUpload extends CompletedIntent {
  /** As in Content. */
  readonly untransformable?: string;
  /** Of a picture, when it was asked for. */
  readonly described?: DescribedImage;
}

/** What a picture's bytes say. */
export interface DescribedImage {
  /** By ImageKit's names. */
  readonly metadata: PictureLooks;
  readonly embedded: EmbeddedMetadata;
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
    deps.fieldsIn(request.folder, Object.keys(request.customMetadata ?? {})),
  ]);
  const customMetadata = valuesOfNewFileIn(fields, request.customMetadata ?? {});
  const { bytes, storedAt, ...examined } = await examineSource(deps, request);
  const { untransformable, ...content } = examined.content;
  refuseForImagesOnly(request, content);
  requireChecks({ request, content, customMetadata, fields: fields.known });
  const described = await describeIfAsked(deps, request, { bytes, content: examined.content });
  const completed = await storeUnderName(deps, {
    ...{ caller, request, content, bytes, storedAt, customMetadata },
    ...{ folder, hidesOrigin },
  });
  return {
    ...completed,
    ...(untransformable !== undefined && { untransformable }),
    ...(described && { described }),
  };
}

/** A file and what it is, after what is to be done with it first. */
async function examineSource(
  deps: UploadFileDeps,
  request: UploadRequest,
): Promise<SourceBytes & { readonly content: Content }> {
  const { bytes, storedAt, size, claimedType } = await readSource(deps, request.source);
  const content = await readContent(deps, bytes, request.name, claimedType, size);
  if (request.pre === undefined) return { bytes, storedAt, content };
  if (content.fileType !== 'image' || content.untransformable !== undefined) {
    const why = content.untransformable ?? `This file is ${content.contentType}.`;
    throw problem('upload.invalid-parameter', `transformation.pre is for images that can be transformed. ${why}`);
  }
  const transformed = await deps.transform(bytes, request.pre);
  return { bytes: transformed, content: await readContent(deps, transformed, request.name, undefined) };
}

/** @throws Problem upload.invalid-parameter */
export function refuseForImagesOnly(
  { customCoordinates, post = [] }: Partial<Pick<UploadParameters, 'customCoordinates' | 'post'>>,
  { fileType }: Content,
): void {
  if (fileType === 'image') return;
  if (customCoordinates) throw problem('upload.invalid-parameter', 'customCoordinates is for images only.');
  if (post.length > 0) throw problem('upload.invalid-parameter', 'transformation.post is for images only.');
}

async function describeIfAsked(
  deps: UploadFileDeps,
  { responseFields }: UploadRequest,
  { bytes, content }: { readonly bytes: Uint8Array; readonly content: Content },
): Promise<DescribedImage | undefined> {
  const isAsked = responseFields.includes('metadata') || responseFields.includes('embeddedMetadata');
  const canBe = content.fileType === 'image' && content.untransformable === undefined;
  return isAsked && canBe ? deps.describe(bytes) : undefined;
}

/** An upload that was read and found good. */
interface ReadUpload extends KnownPlace, PlannedUpload, SourceBytes {}

/** Whether a random suffix is taken is not asked for before: it hardly ever is, and the transaction finds out. */
async function storeUnderName(deps: UploadFileDeps, upload: ReadUpload): Promise<CompletedIntent> {
  const { request, folder } = upload;
  await refuseTakenName(deps, request, folder);
  if (!request.unique) return store(deps, upload, request.name);
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
 * A name that must be free, and a file that must be as it was, are looked up before anything is stored.
 * @param folder where the file goes; undefined while there is none
 * @throws Problem upload.name-taken or file.changed
 */
export async function refuseTakenName(
  { store }: Pick<UploadFileDeps, 'store'>,
  { unique, overwrite, ifMatch, folder: folderPath, name }: UploadParameters,
  folder: Folder | undefined,
): Promise<void> {
  const path = joinPath(folderPath, name);
  if (ifMatch !== undefined) {
    const current = folder && !unique ? await headAt({ store }, folder, name) : undefined;
    requireMatchAt(path, current, ifMatch);
  }
  if (unique || overwrite || !folder) return;
  if (await store.fileEntry(folder.folderId, name)) throw nameTaken(path);
}

/**
 * Intent, bytes, transaction, in this order, so that at every moment either nothing is visible or everything is, and what a
 * dead caller leaves behind is completed by the S3 event or ends by itself.
 */
async function store(deps: UploadFileDeps, upload: ReadUpload, name: string): Promise<CompletedIntent> {
  const intent = toIntent(deps, { ...upload, summary: summaryOfBytes(upload) }, name);
  await deps.store.addIntent(intent);
  if (upload.storedAt === undefined) await deps.originals.write(intent, upload.bytes);
  else await deps.originals.copy(upload.storedAt, intent.objectKey, intent.size);
  return completeOrUndo(deps, intent, upload);
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
  await purgeReplaced(deps, completed);
  return completed;
}

/**
 * Takes an upload back. The intent decides: who ends it owns the bytes, because the transaction that would make them visible
 * needs it. When it is gone already, the bytes may be live and stay. The note of bytes that others send is kept for the hour's
 * run: they may still be on their way.
 * @returns whether the upload was still incomplete
 */
export async function undoUpload(
  deps: Pick<UploadFileDeps, 'store' | 'originals'>,
  intent: UploadIntent,
): Promise<boolean> {
  if (!(await deps.store.endIntent(intent))) return false;
  await deps.originals.erase(intent.objectKey);
  if (!intent.isInParts) await deps.store.removeIntent(intent.versionId);
  return true;
}

/** What the S3 event completed, found by the path. It may have refused the upload, and the file there is another one then. */
async function findCompleted({ store }: UploadFileDeps, intent: UploadIntent): Promise<CompletedIntent | undefined> {
  const folder = await findFolder(store, intent.folder);
  const head = folder && (await headAt({ store }, folder, intent.name));
  const found = head && (await findVersion(store, head, intent.versionId));
  if (!found) return undefined;
  const { version, number } = found;
  return { file: { head, folder, path: pathIn(folder, head.name) }, version, number };
}
