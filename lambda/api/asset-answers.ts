import { urlEndpoint } from '../contract/edge.ts';
import { escapePath } from '../core/library/asset-path.ts';
import { entityTag } from '../core/library/files/file-tag.ts';
import type { LibraryFile } from '../core/library/files/library-file.ts';
import { reachableBy } from '../core/library/files/reachable-by.ts';
import { goneSince } from '../core/library/imports/note-gone.ts';
import { selectedFieldsSchema } from '../core/library/path-policies/selected-fields.ts';
import { pinnedObject } from '../core/library/pinned-object.ts';
import { countUses } from '../core/library/references/ask-before-delete.ts';
import type { ContentSummary } from '../core/library/store/content-summary.ts';
import type { NumberedVersion } from '../core/library/store/numbered-version.ts';
import { requireVersion } from '../core/library/store/numbered-version.ts';
import type { FolderNode, GoneObject } from '../core/library/store/records.ts';
import { Answered } from './answered.ts';
import type { ApiDeps } from './deps.ts';

/** Of operations that answer one file. */
export const FILE_HEADERS = { etag: 'Changes with every change of the file; `If-Match` takes it.' };

/** Where and when an answer is given. */
export interface AnswerPlace {
  readonly mediaHost: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Of the call that is being answered. */
export const answerPlace = async ({
  account,
  library,
}: Pick<ApiDeps, 'account' | 'library'>): Promise<AnswerPlace> => ({
  mediaHost: await account.mediaHost(),
  now: library.clock(),
});

/**
 * A file's details with their entity tag, with what is embedded in it, which is kept with its version, and in how many places it
 * is used.
 * @param more members of this answer alone
 */
export async function detailsAnswer<More extends object>(
  { account, library, references, uploads }: Pick<ApiDeps, 'account' | 'library' | 'references' | 'uploads'>,
  file: LibraryFile,
  more = {} as More,
) {
  const { head } = file;
  const [place, referenceCount, selected] = await Promise.all([
    answerPlace({ account, library }),
    countUses(references, file),
    selectedFieldsAnswer(uploads, file),
  ]);
  const current = head.summary && (await requireVersion(library.store, head, head.versionId));
  const embeddedMetadata = current?.version.embedded ?? null;
  const answer = { ...fileAnswer(file, place), embeddedMetadata, ...selected, referenceCount, ...more };
  return tagged({ file }, answer);
}

/** Of one file: in a list, a schema with each file could be more than an answer has room for. */
export async function selectedFieldsAnswer(
  { fieldsIn }: Pick<ApiDeps['uploads'], 'fieldsIn'>,
  { folder }: LibraryFile,
) {
  const schema = selectedFieldsSchema(await fieldsIn(folder.path, []));
  return schema ? { selectedFieldsSchema: schema } : {};
}

/** To an upload that asked for it. */
export const selectedFieldsIfAsked = async (
  uploads: Pick<ApiDeps['uploads'], 'fieldsIn'>,
  responseFields: readonly string[],
  file: LibraryFile,
) => (responseFields.includes('selectedFieldsSchema') ? selectedFieldsAnswer(uploads, file) : {});

/** An answer with the entity tag of the file that it tells of. */
export const tagged = <Body>({ file }: { readonly file: LibraryFile }, body: Body): Answered<Body> =>
  new Answered(body, { headers: { etag: entityTag(file.head) } });

/** A file as it is now. */
export function fileAnswer(file: LibraryFile, place: AnswerPlace) {
  const { head } = file;
  const { versionId, versionNumber, createdAt, updatedAt } = head;
  const shown = { content: head, versionId, number: versionNumber, createdAt, updatedAt };
  const updated = `updatedAt=${Date.parse(updatedAt)}`;
  return { ...detailsOf(file, place, shown, updated), type: 'file' as const };
}

/** One version of a file; the current one is the file itself. */
export function versionAnswer(file: LibraryFile, { version, number, isCurrent }: NumberedVersion, place: AnswerPlace) {
  if (isCurrent) return fileAnswer(file, place);
  const { versionId, createdAt } = version;
  const shown = { content: version, versionId, number, createdAt, updatedAt: createdAt };
  const query = `ik-obj-version=${versionId}&updatedAt=${Date.parse(createdAt)}`;
  return { ...detailsOf(file, place, shown, query), type: 'file-version' as const };
}

interface ShownVersion {
  readonly content: Pick<
    LibraryFile['head'],
    'fileType' | 'contentType' | 'declaredType' | 'size' | 'width' | 'height' | 'summary' | 'objectKey'
  >;
  readonly versionId: string;
  readonly number: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** @param query of its URL: caches that go by the URL see another one after every change */
function detailsOf(file: LibraryFile, { mediaHost, now }: AnswerPlace, shown: ShownVersion, query: string) {
  const { head, path } = file;
  const { fileType, contentType, declaredType, size, width, height } = shown.content;
  const url = `${urlEndpoint(mediaHost)}${escapePath(path)}?${query}`;
  return {
    fileId: head.assetId,
    name: head.name,
    filePath: path,
    tags: head.tags ?? null,
    AITags: null,
    versionInfo: { id: shown.versionId, name: `Version ${shown.number}` },
    isPrivateFile: head.isPrivate,
    isPublished: head.isPublished,
    customCoordinates: head.customCoordinates ?? null,
    url,
    thumbnail: `${url}&tr=n-ik_ml_thumbnail`,
    fileType,
    mime: contentType,
    ...(declaredType !== undefined && { declaredType }),
    ...(width !== undefined && height !== undefined && { width, height }),
    size,
    ...originAnswer(shown.content.objectKey, head.gone),
    ...summaryAnswer(shown.content.summary),
    customMetadata: { ...head.customMetadata },
    embeddedMetadata: null,
    ...(head.description !== undefined && { description: head.description }),
    reachableBy: reachableBy(file, now),
    createdAt: shown.createdAt,
    createdBy: head.createdBy,
    updatedAt: shown.updatedAt,
    updatedBy: head.updatedBy,
  };
}

/** Of what is at its origin. */
function originAnswer(objectKey: string, gone: GoneObject | undefined) {
  const pin = pinnedObject(objectKey);
  const since = goneSince(gone, objectKey);
  return pin && { atOrigin: { ...pin, ...(since !== undefined && { goneSince: since }) }, backedUp: false as const };
}

/** There once the bytes were looked at, a moment after an upload; keywords and the like are part of `embeddedMetadata`. */
function summaryAnswer({ sha256, hasAlpha, dominantColor, blurhash, thumbhash, pHash }: ContentSummary = {}) {
  return {
    ...(hasAlpha !== undefined && { hasAlpha }),
    ...(sha256 !== undefined && { checksum: sha256 }),
    ...(dominantColor !== undefined && { dominantColor }),
    ...(blurhash !== undefined && { blurhash }),
    ...(thumbhash !== undefined && { thumbhash }),
    ...(pHash !== undefined && { pHash }),
  };
}

/** @param path of the folder itself */
export function folderAnswer({ folderId, name, isPrivate, createdAt, updatedAt }: FolderNode, path: string) {
  return {
    ...{ folderId, name, isPrivate, createdAt, updatedAt },
    type: 'folder' as const,
    folderPath: path,
    customMetadata: {},
  };
}
