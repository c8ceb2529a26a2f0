import { NO_BUDGET } from '../../../lambda/contract/encoding-budget.ts';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import type { DeliverImageDeps } from '../../../lambda/core/delivery/deliver-image-deps.ts';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import type { VariantHeaders } from '../../../lambda/core/delivery/variant-store.ts';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import type { PathRecord } from '../../../lambda/core/library/asset.ts';
import type { FormatClass } from '../../../lambda/core/request/format-class.ts';
import { variantPath } from '../../../lambda/core/request/variant-key.ts';
import type { NamedTransformation } from '../../../lambda/core/settings/named-transformations/named-transformation.ts';

/*
 * Ports are kept in memory here, so that an overwrite can be placed between any two steps. The same use case runs against
 * real storage and a real renderer in test/handlers.
 */
export const bytes = (text: string) => new TextEncoder().encode(text);
export const text = (body: unknown) => new TextDecoder().decode(body as Uint8Array);

export const NO_HINTS = { width: 0, dpr: 0, saveData: false };

export const notedKeys: string[] = [];

/** Settings of the edge, and the moment of all requests. */
export const settings = new Map<string, string>();
export const NOW = 1_700_000_000_000;

export const assets = new Map<string, PathRecord>();
export const originals = new Map<string, Uint8Array>();
export const variants = new Map<string, { bytes: Uint8Array; headers: VariantHeaders }>();
export const reports: string[] = [];
export const dependencies: string[][] = [];
/** Cache tags that were noted before an answer. */
export const tagsNoted = new Set<string>();
/** Tags of which the CDN is told again, one list for each time. */
export const queued: (readonly string[])[] = [];
export const names = new Map<string, NamedTransformation>();

/** Before each test. */
export function forgetAll(): void {
  for (const kept of [assets, originals, variants, names, tagsNoted]) kept.clear();
  reports.length = 0;
  dependencies.length = 0;
  queued.length = 0;
  notedKeys.length = 0;
  settings.clear();
  settings.set('endpoint:default', '{"paused":false}');
}

/** Puts an asset under a path, or a new version of the one that is there. */
export function keep(path: string, content: string, changes: Partial<PathRecord> = {}): PathRecord {
  const revision = (assets.get(path)?.revision ?? 0) + 1;
  const record: PathRecord = {
    path,
    assetId: 'a'.repeat(24),
    revision,
    versionId: String(revision).padStart(24, '0'),
    isPrivate: false,
    updatedAt: '2026-11-25T00:00:00.000Z',
    objectKey: `media${path}/${revision}`,
    contentType: 'image/jpeg',
    fileType: 'image',
    size: content.length,
    width: 4,
    height: 3,
    ...changes,
  };
  assets.set(path, record);
  originals.set(record.objectKey, bytes(content));
  return record;
}

export function deps(changes: Partial<DeliverImageDeps> = {}): DeliverImageDeps {
  let now = 0;
  const read = (key: string) => originals.get(key) ?? Promise.reject(new Error('no such object'));
  return {
    assets: { find: async (path) => assets.get(path), findVersion: async () => undefined },
    findNamed: async (name) => names.get(name),
    tagUse: { note: async (tags) => void tags.map((tag) => tagsNoted.add(tag)) },
    queueInvalidation: async (tags) => void queued.push(tags),
    dependencies: { record: async (key, made) => void dependencies.push([key, ...made]) },
    originals: { read: async (key) => read(key) },
    variants: {
      put: async (key, stored, headers) => void variants.set(key, { bytes: stored, headers }),
      copyOriginal: async (objectKey, key, headers) =>
        void variants.set(key, { bytes: await read(objectKey), headers }),
      copy: async (from, key, headers) => {
        const { bytes: copied, headers: before } = variants.get(from) ?? {};
        if (!copied || !before) throw new Error('no such variant');
        variants.set(key, { bytes: copied, headers: { ...before, cacheControl: headers['cache-control'] ?? '' } });
      },
      open: async (key) => {
        const stored = variants.get(key)?.bytes ?? bytes('');
        return {
          body: new Blob([new Uint8Array(stored)]).stream(),
          size: stored.byteLength,
          etag: '"copied"',
          modified: NOW,
        };
      },
      find: async (key) => {
        const stored = variants.get(key);
        return (
          stored && {
            body: new Blob([new Uint8Array(stored.bytes)]).stream(),
            size: stored.bytes.byteLength,
            etag: '"stored"',
            modified: NOW,
            headers: {
              'content-type': stored.headers.contentType,
              'cache-control': stored.headers.cacheControl,
              ...(stored.headers.improvablePixels !== undefined && {
                'x-amz-meta-improvable-pixels': String(stored.headers.improvablePixels),
              }),
              ...(stored.headers.ignored !== undefined && { 'x-amz-meta-ignored': stored.headers.ignored }),
            },
          }
        );
      },
      remove: async (key) => void variants.delete(key),
    },
    settings: { read: async (key) => settings.get(key), invalidate: () => {} },
    noteKey: async (key) => void notedKeys.push(key),
    clock: () => NOW,
    checkAccess: async () => {},
    mayRender: () => true,
    ceilingEnd: async () => undefined,
    render: async (source) => ({
      bytes: bytes(`rendered ${text(source)}`),
      contentType: 'image/webp',
      format: 'webp',
      width: 4,
    }),
    encoding: NO_BUDGET,
    sanitiseSvg: async (source) => bytes(`safe ${text(source)}`),
    now: () => now++,
    report: (event) => void reports.push(event),
    ...changes,
  };
}

/** A request as the edge hands it on. */
export function ask(path: string, query = '', format: FormatClass = 'webp', method = 'GET') {
  const url = readMediaUrl(path, query);
  return {
    method,
    path: variantPath(url, format, 'open', 'default', ENGINE_VERSION, sha256Hex),
    asked: { host: 'media.example.com', path, query },
    hints: NO_HINTS,
  };
}
