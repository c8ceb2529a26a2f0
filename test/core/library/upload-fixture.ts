import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { libraryTable } from '../../../lambda/adapters/library-table/library-table.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import type { Problem } from '../../../lambda/core/kernel/problems.ts';
import type { Library } from '../../../lambda/core/library/library.ts';
import type { UploadFileDeps } from '../../../lambda/core/library/upload-file.ts';
import type { UploadRequest } from '../../../lambda/core/library/upload-request.ts';
import { checkImage } from '../../../lambda/core/render/check-image.ts';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';
import { startLibraryFixture } from '../../adapters/library-fixture.ts';
import { makeEvent } from '../audit/told-events.ts';

/**
 * What uploads need. The table is real, because what is proven rests on its transactions; bytes and the CDN are kept in
 * memory, so that every failure can be brought about.
 */
export interface UploadFixture {
  readonly library: Library;
  /** A PNG of 40 x 30 pixels. */
  readonly picture: Uint8Array;
  readonly objects: Map<string, Uint8Array>;
  readonly purged: string[];
  readonly reports: string[];
  /** What the library told of, oldest first. */
  readonly events: AuditEvent[];
  readonly items: () => Promise<Record<string, unknown>[]>;
  readonly deps: (changes?: Partial<UploadFileDeps>) => UploadFileDeps;
  /** A request to store the picture under a name, overwriting it. */
  readonly request: (name: string, changes?: Partial<UploadRequest>) => UploadRequest;
  readonly close: () => Promise<void>;
}

export async function startUploadFixture(): Promise<UploadFixture> {
  const table = await startLibraryFixture();
  const events: AuditEvent[] = [];
  const library = libraryTable(table.client, table.table, (event) => events.push(event));
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const memory = { objects: new Map<string, Uint8Array>(), purged: [] as string[], reports: [] as string[] };
  return {
    ...memory,
    events,
    library,
    picture,
    items: table.items,
    deps: (changes = {}) => ({ ...baseDeps(memory, library, picture), ...changes }),
    request: (name, changes = {}) => ({
      source: { kind: 'bytes', bytes: picture },
      name,
      folder: '/',
      unique: false,
      overwrite: true,
      overwriteTags: true,
      responseFields: [],
      ...changes,
    }),
    close: table.close,
  };
}

function baseDeps(
  { objects, purged, reports }: Pick<UploadFixture, 'objects' | 'purged' | 'reports'>,
  library: Library,
  picture: Uint8Array,
): UploadFileDeps {
  return {
    library,
    originals: {
      write: async ({ objectKey }, bytes) => void objects.set(objectKey, bytes),
      remove: async (objectKey) => void objects.delete(objectKey),
    },
    variants: { purge: async (path) => void purged.push(path) },
    fetchRemote: async () => picture,
    detectType,
    checkImage,
    ids: {
      hexId: () => randomBytes(12).toString('hex'),
      nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
    },
    clock: Date.now,
    random: Math.random,
    pause: async (milliseconds) => void (await pause(milliseconds / 20)),
    report: (event) => void reports.push(event),
    makeEvent,
  };
}

/** The problem that work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  return error as Problem;
}
