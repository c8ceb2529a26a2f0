import { createHash } from 'node:crypto';
import type { EmbeddedFields } from '../../../contract/embedded-fields.ts';
import { LIMITS } from '../../../contract/limits.ts';
import { originalPlace } from '../../../contract/object-keys.ts';
import { SYSTEM } from '../../accounts/owner.ts';
import { Problem } from '../../kernel/problems.ts';
import type { CustomField } from '../custom-fields/custom-field.ts';
import { nextRevision, replaceFile, withSummary } from '../files/file-steps.ts';
import { headAt } from '../files/relocate-file.ts';
import type { FileUpdate } from '../files/update-file.ts';
import { changedMembers, updatedHead } from '../files/update-file.ts';
import type { FieldsIn } from '../path-policies/folder-fields.ts';
import { fillableFields } from '../path-policies/values-in-folder.ts';
import type { ContentSummary } from '../store/content-summary.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { EmbeddedMetadata } from '../store/embedded-metadata.ts';
import { requireVersion } from '../store/numbered-version.ts';
import type { FileHead, FileVersion } from '../store/records.ts';
import { findFolder, locateFolder } from '../tree/find-folder.ts';
import type { DescribedImage } from '../upload-file.ts';
import type { OriginalParts } from '../uploads/original-parts.ts';
import { embeddedDetails, mappedFields } from './embedded-details.ts';
import { summaryOfPicture } from './summary-of-picture.ts';

export interface DescribeVersionDeps extends ChangeDeps {
  readonly parts: Pick<OriginalParts, 'readBeginning'>;
  /** SHA-256 of an object that is not read as a whole, hexadecimal. */
  readonly checksum: (objectKey: string) => Promise<string | undefined>;
  /** @throws Problem for a picture that cannot be decoded here */
  readonly describe: (bytes: Uint8Array) => Promise<DescribedImage>;
  /** Details that are taken over from what is embedded, if nobody gave them. */
  readonly embeddedFields: EmbeddedFields;
  readonly fieldsIn: FieldsIn;
}

/** Rounds in which somebody else may change the file meanwhile. */
const ROUNDS = 20;

/** Milliseconds between two of them. */
const LONGEST_PAUSE = 100;

/**
 * Finds out what a version's bytes show and notes it, after whoever uploaded it has its answer. It may be done twice: what is
 * noted already is not read again. A version that is not found is gone, or was moved in the moment after its upload.
 * @throws when the storage fails, or others were always faster
 */
export async function describeVersion(deps: DescribeVersionDeps, objectKey: string): Promise<'described' | 'missing'> {
  const found = await findVersion(deps, objectKey);
  if (!found) return 'missing';
  const version = found.version.summary ? found.version : await describedVersion(deps, found.version);
  if (!version?.summary) return 'missing';
  const { versionId, summary, embedded } = version;
  await noteInHead(deps, { assetId: found.assetId, versionId, summary, ...(embedded && { embedded }) });
  return 'described';
}

/** The version whose bytes these are. A file's first version has its id; others are looked for where they were uploaded. */
async function findVersion(
  deps: DescribeVersionDeps,
  objectKey: string,
): Promise<{ readonly version: FileVersion; readonly assetId: string } | undefined> {
  const place = originalPlace(objectKey);
  if (!place) return undefined;
  const head = (await deps.store.head(place.versionId)) ?? (await headUnder(deps, place.path));
  const version = head && (await versionIn(deps, head, place.versionId));
  return version && version.objectKey === objectKey ? { version, assetId: head.assetId } : undefined;
}

async function headUnder(deps: DescribeVersionDeps, path: string): Promise<FileHead | undefined> {
  const slash = path.lastIndexOf('/');
  const folder = await findFolder(deps.store, path.slice(0, slash) || '/');
  return folder && headAt(deps, folder, path.slice(slash + 1));
}

async function versionIn(deps: DescribeVersionDeps, head: FileHead, versionId: string) {
  try {
    return (await requireVersion(deps.store, head, versionId)).version;
  } catch (error) {
    if (error instanceof Problem && error.code === 'version.missing') return undefined;
    throw error;
  }
}

/** @returns undefined when the version is gone by now, or its bytes */
async function describedVersion(deps: DescribeVersionDeps, version: FileVersion): Promise<FileVersion | undefined> {
  const found = await summarise(deps, version);
  const described = found && { ...version, ...found };
  return described && (await deps.store.noteVersion(described)) ? described : undefined;
}

interface Found {
  readonly summary: ContentSummary;
  readonly embedded?: EmbeddedMetadata;
}

async function summarise(deps: DescribeVersionDeps, version: FileVersion): Promise<Found | undefined> {
  const { objectKey, size, fileType } = version;
  if (size > LIMITS.checksummedBytes) return { summary: {} };
  if (fileType !== 'image' || size > LIMITS.sourceBytes) {
    const sha256 = await deps.checksum(objectKey);
    return sha256 === undefined ? undefined : { summary: { sha256 } };
  }
  const bytes = (await deps.parts.readBeginning(objectKey, LIMITS.sourceBytes))?.bytes;
  if (!bytes) return undefined;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const { metadata, embedded } = await deps.describe(bytes);
    return { summary: { sha256, ...summaryOfPicture(metadata, embedded) }, embedded };
  } catch (error) {
    // A picture without a decoder, or beyond a limit, is kept as any other file is.
    if (!(error instanceof Problem)) throw error;
    return { summary: { sha256 } };
  }
}

interface CurrentVersion extends Found {
  readonly assetId: string;
  readonly versionId: string;
}

/** If the version is still the current one. What a deployment takes over from files is a change of the file as any other. */
async function noteInHead(deps: DescribeVersionDeps, current: CurrentVersion): Promise<void> {
  const fields = await fieldsToFill(deps, current);
  const detailsOf = (head: FileHead) => embeddedDetails(deps.embeddedFields, fields, head, current.embedded ?? {});
  for (let round = 0; round < ROUNDS; round++) {
    const head = await undescribedHead(deps, current);
    if (!head) return;
    if (detailsOf(head)) return fillIn(deps, current, detailsOf);
    if (await deps.store.noteHead(withSummary(head, current.summary), head.revision)) return;
    await deps.pause(deps.random() * LONGEST_PAUSE);
  }
  throw new Error('A file is being changed by too many at once.');
}

/** Those that the mapping names and that are meant in the file's folder. */
async function fieldsToFill(deps: DescribeVersionDeps, { assetId }: CurrentVersion): Promise<readonly CustomField[]> {
  const names = mappedFields(deps.embeddedFields);
  const head = names.length > 0 ? await deps.store.head(assetId) : undefined;
  const folder = head && (await locateFolder(deps.store, head.folderId));
  return folder ? fillableFields(await deps.fieldsIn(folder.path, names)) : [];
}

async function undescribedHead(deps: DescribeVersionDeps, { assetId, versionId }: CurrentVersion) {
  const head = await deps.store.head(assetId);
  return head?.versionId === versionId && !head.summary && head.state === 'live' ? head : undefined;
}

function fillIn(
  deps: DescribeVersionDeps,
  current: CurrentVersion,
  detailsOf: (head: FileHead) => FileUpdate | undefined,
): Promise<void> {
  return decideAndCommit(deps, SYSTEM, async (now): Promise<Decision<void> | NoChange<undefined>> => {
    const head = await undescribedHead(deps, current);
    if (!head) return { unchanged: undefined };
    const described = { ...head, summary: current.summary };
    const next = nextRevision(updatedHead(described, detailsOf(head) ?? {}), SYSTEM, now);
    return {
      steps: replaceFile(head, next),
      action: 'file.updated',
      object: { kind: 'file', id: current.assetId },
      before: changedMembers(head, next),
      after: changedMembers(next, head),
      result: undefined,
    };
  });
}
