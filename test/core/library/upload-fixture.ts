import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { formKey } from '../../../lambda/contract/object-keys.ts';
import { OWNER } from '../../../lambda/core/accounts/owner.ts';
import type { PathRecord } from '../../../lambda/core/library/asset.ts';
import { findPathRecord } from '../../../lambda/core/library/files/path-record.ts';
import type { LibraryStore } from '../../../lambda/core/library/store/library-store.ts';
import type { CompletedUpload, UploadFileDeps } from '../../../lambda/core/library/upload-file.ts';
import { uploadFile } from '../../../lambda/core/library/upload-file.ts';
import type { UploadRequest } from '../../../lambda/core/library/upload-request.ts';
import type { ExamineStoredDeps } from '../../../lambda/core/library/uploads/examine-stored.ts';
import { checkImage } from '../../../lambda/core/render/check-image.ts';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';
import { makeEvent } from '../audit/told-events.ts';
import { startLibraryWorld } from './library-world.ts';

type FixtureDeps = UploadFileDeps & ExamineStoredDeps;

/**
 * What uploads need. The table is real, because what is proven rests on its transactions; bytes and the CDN are kept in
 * memory, so that every failure can be brought about.
 */
export interface UploadFixture {
  readonly store: LibraryStore;
  readonly pathRecord: (path: string) => Promise<PathRecord | undefined>;
  /** A PNG of 40 x 30 pixels. */
  readonly picture: Uint8Array;
  readonly objects: Map<string, Uint8Array>;
  readonly purged: string[];
  readonly reports: string[];
  readonly items: () => Promise<Record<string, unknown>[]>;
  readonly deps: (changes?: Partial<FixtureDeps>) => FixtureDeps;
  /** As the owner. */
  readonly upload: (request: UploadRequest, deps?: UploadFileDeps) => Promise<CompletedUpload>;
  /** A request to store the picture under a name, overwriting it. */
  readonly request: (name: string, changes?: Partial<UploadRequest>) => UploadRequest;
  readonly close: () => Promise<void>;
}

export async function startUploadFixture(): Promise<UploadFixture> {
  const world = await startLibraryWorld();
  const { store } = world.deps;
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const memory = { objects: new Map<string, Uint8Array>(), purged: [] as string[], reports: [] as string[] };
  const deps = (changes: Partial<FixtureDeps> = {}) => ({ ...baseDeps(memory, store, picture), ...changes });
  return {
    ...memory,
    store,
    pathRecord: (path) => findPathRecord(store, path),
    picture,
    items: world.items,
    deps,
    upload: (request, chosen = deps()) => uploadFile(chosen, OWNER, request),
    request: (name, changes = {}) => ({
      source: { kind: 'bytes', bytes: picture },
      name,
      folder: '/',
      unique: false,
      overwrite: true,
      overwriteTags: true,
      overwriteCustomMetadata: true,
      overwriteAITags: true,
      responseFields: [],
      post: [],
      extensions: [],
      ...changes,
    }),
    close: world.close,
  };
}

function baseDeps(
  { objects, purged, reports }: Pick<UploadFixture, 'objects' | 'purged' | 'reports'>,
  store: LibraryStore,
  picture: Uint8Array,
): FixtureDeps {
  return {
    store,
    originals: {
      write: async ({ objectKey }, bytes) => void objects.set(objectKey, bytes),
      copy: async (from, to) => void objects.set(to, objects.get(from) as Uint8Array),
      erase: async (objectKey) => void objects.delete(objectKey),
    },
    parts: {
      readBeginning: async (objectKey, count) => {
        const bytes = objects.get(objectKey);
        return bytes && { bytes: bytes.subarray(0, count), size: bytes.byteLength };
      },
      keepForm: async ({ versionId, objectKey }) => {
        const bytes = objects.get(formKey(versionId));
        if (bytes && !objects.has(objectKey)) objects.set(objectKey, bytes);
        objects.delete(formKey(versionId));
      },
    },
    carryOut: async (effects) => {
      for (const effect of effects) if (effect.effect === 'purge-path') purged.push(effect.path);
    },
    fetchRemote: async () => picture,
    fieldsIn: async () => ({ known: [] }),
    transform: async (bytes) => bytes,
    describe: async () => ({ metadata: { hasTransparency: false }, embedded: {} }),
    detectType,
    checkImage,
    hexId: () => randomBytes(12).toString('hex'),
    nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
    makeEvent,
    clock: Date.now,
    random: Math.random,
    pause: async (milliseconds) => void (await pause(milliseconds / 20)),
    report: (event) => void reports.push(event),
  };
}
