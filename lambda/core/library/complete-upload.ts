import { LIMITS } from '../../contract/limits.ts';
import type { MakeEvent } from '../audit/event-maker.ts';
import type { Clock, Pause } from '../kernel/clock.ts';
import type { Problem } from '../kernel/problems.ts';
import { problem } from '../kernel/problems.ts';
import type { Asset, AssetVersion, UploadIntent } from './asset.ts';
import { toStoredContent } from './asset.ts';
import { folderChain } from './asset-path.ts';
import type { Library, UploadCommit } from './library.ts';

export interface CompleteUploadDeps {
  readonly library: Library;
  readonly clock: Clock;
  readonly pause: Pause;
  /** 0 <= value < 1. */
  readonly random: () => number;
  readonly makeEvent: MakeEvent;
  /** Whether files of origins may be delivered under paths that the library does not have. @default no */
  readonly hasOrigins?: () => Promise<boolean>;
}

export interface CompletedUpload {
  readonly asset: Asset;
  readonly version: AssetVersion;
  /** As in Content. */
  readonly untransformable?: string;
}

/** Rounds of reading and committing before a contended path is given up; each round lets one rival through. */
const ROUNDS = 25;

/**
 * Makes an upload visible whose bytes are stored: one transaction consumes the intent and writes head, path, version and
 * folders. The API's call and the S3 event both come here; the second finds the intent gone and changes nothing.
 * @returns undefined when somebody else completed the upload
 * @throws upload.name-taken, upload.version-limit, or busy after too many lost races
 */
export async function completeUpload(
  deps: CompleteUploadDeps,
  intent: UploadIntent,
): Promise<CompletedUpload | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const commit = await prepareCommit(deps, intent);
    const outcome = await deps.library.commitUpload(commit, eventOf(deps, commit));
    if (outcome === 'committed') return { asset: commit.asset, version: commit.version };
    if (outcome === 'intent-gone') return undefined;
    await deps.pause(deps.random() * Math.min(20 * 2 ** round, 400));
  }
  throw problem('busy', `"${intent.path}" is being changed by too many uploads at once; try again.`);
}

/** Whoever completes an upload tells of who began it. */
function eventOf({ makeEvent }: CompleteUploadDeps, { intent, asset }: UploadCommit) {
  const { assetId, path, versionId, size, contentType } = asset;
  const after = { path, versionId, size, contentType };
  return makeEvent(intent.uploader, 'file.uploaded', { kind: 'file', id: assetId }, { after });
}

async function prepareCommit(deps: CompleteUploadDeps, intent: UploadIntent): Promise<UploadCommit> {
  const now = new Date(deps.clock()).toISOString();
  const current = await findCurrent(deps.library, intent.path);
  if (current) refuseTaken(current, intent);
  const asset = current ? nextHead(current, intent, now) : firstHead(intent, now);
  return {
    intent,
    asset,
    version: versionOf(asset, now),
    expectedRevision: current?.revision,
    ...(!current && { hidesOrigin: (await deps.hasOrigins?.()) ?? false }),
    newFolders: current ? [] : await deps.library.missingFolders(folderChain(intent.folder)),
  };
}

async function findCurrent(library: Library, path: string): Promise<Asset | undefined> {
  const record = await library.findPath(path);
  return record && library.findAsset(record.assetId);
}

function refuseTaken(current: Asset, intent: UploadIntent): void {
  if (intent.whenTaken === 'refuse') {
    throw nameTaken(intent.path);
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

function firstHead(intent: UploadIntent, now: string): Asset {
  return {
    ...toStoredContent(intent),
    ...details(intent),
    ...(intent.tags && { tags: intent.tags }),
    assetId: intent.versionId,
    revision: 1,
    versionId: intent.versionId,
    versionNumber: 1,
    versionCount: 1,
    isPrivate: intent.isPrivate ?? false,
    createdAt: now,
    updatedAt: now,
  };
}

/** Coordinates belong to the picture and go with it; the rest describes the asset and stays unless given anew. */
function nextHead(current: Asset, intent: UploadIntent, now: string): Asset {
  const tags = intent.tags ?? (intent.keepTags ? current.tags : undefined);
  const description = intent.description ?? current.description;
  return {
    ...toStoredContent(intent),
    ...details(intent),
    ...(tags && { tags }),
    ...(description && { description }),
    assetId: current.assetId,
    revision: current.revision + 1,
    versionId: intent.versionId,
    versionNumber: current.versionNumber + 1,
    versionCount: current.versionCount + 1,
    isPrivate: intent.isPrivate ?? current.isPrivate,
    ...(current.takedown && { takedown: current.takedown }),
    createdAt: current.createdAt,
    updatedAt: now,
  };
}

function details({ path, folder, name, description, customCoordinates }: UploadIntent) {
  return { path, folder, name, ...(description && { description }), ...(customCoordinates && { customCoordinates }) };
}

function versionOf(asset: Asset, now: string): AssetVersion {
  const { assetId, versionId, versionNumber } = asset;
  return { ...toStoredContent(asset), assetId, versionId, number: versionNumber, createdAt: now };
}
