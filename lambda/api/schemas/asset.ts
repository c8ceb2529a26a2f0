import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import { selectedFields } from './field-schema.ts';
import { answeredMoment, says } from './members.ts';

const PATH = says(`a path of 1 to ${LIMITS.pathBytes} bytes in UTF-8, such as /shop/summer`);

/** A path or folder as clients write it: with or without slashes around it. */
export const libraryPath = () =>
  z
    .string(PATH)
    .min(1, PATH)
    .max(LIMITS.pathBytes, PATH)
    // A key of the table has room for 2048 bytes.
    .refine((path) => Buffer.byteLength(path) <= LIMITS.pathBytes, PATH);

const QUERY = says(`a query of 1 to ${LIMITS.searchQueryCharacters} characters`);

/** A query in the language of `searchQuery`. */
export const searchQueryText = () => z.string(QUERY).min(1, QUERY).max(LIMITS.searchQueryCharacters, QUERY);

const NAME = says('a name of 1 to 255 characters');

/** A new name of a file or folder; what a name may not hold becomes `_`. */
export const newName = () => z.string(NAME).min(1, NAME).max(255, NAME);

const ID = says('24 hexadecimal characters');

/** An id of ours in a body. */
export const assetId = () => z.string(ID).regex(/^[0-9a-f]{24}$/, ID);

/** Ids of several files; how many there may be is the operation's rule. */
export const fileIds = (maximum: number) => idList(maximum, 'files');

/** Ids of several files and folders. */
export const assetIds = (maximum: number) => idList(maximum, 'files and folders');

function idList(maximum: number, what: string) {
  const rule = says(`a list of 1 to ${maximum} ids of ${what}`);
  return z.array(assetId(), rule).min(1, rule).max(maximum, rule);
}

/** ImageKit, "File object". */
export const file = () =>
  z.object({
    fileId: z.string(),
    type: z.enum(['file', 'file-version']),
    name: z.string(),
    filePath: z.string(),
    tags: z.array(z.string()).readonly().nullable(),
    AITags: z.null(),
    versionInfo: z.object({ id: z.string(), name: z.string() }),
    isPrivateFile: z.boolean(),
    isPublished: z.boolean(),
    customCoordinates: z.string().nullable(),
    url: z.string(),
    thumbnail: z.string(),
    fileType: z.enum(['image', 'non-image']),
    mime: z.string(),
    declaredType: z.string().optional().meta({ description: 'What the sender said that it is; ours.' }),
    width: z.int().optional(),
    height: z.int().optional(),
    size: z.int(),
    atOrigin: z
      .object({
        originId: z.string(),
        key: z.string(),
        etag: z.string(),
        modifiedAt: answeredMoment(),
        goneSince: answeredMoment().optional(),
      })
      .optional()
      .meta({
        description:
          'Of a file that was imported and stays in a bucket: the object that it is, and when an import did not find it any more. Ours.',
      }),
    backedUp: z.literal(false).optional().meta({
      description: 'Of a file that stays at its origin: no copy of it is made, not in the backup either. Ours.',
    }),
    hasAlpha: z.boolean().optional(),
    checksum: z.string().optional().meta({ description: 'SHA-256 of the bytes, hexadecimal; ours.' }),
    dominantColor: z.string().optional().meta({ description: 'Such as #27375b; ours.' }),
    blurhash: z.string().optional().meta({ description: 'Ours.' }),
    thumbhash: z.string().optional().meta({ description: 'Base64; ours.' }),
    pHash: z
      .string()
      .optional()
      .meta({ description: '16 hexadecimal characters; alike for pictures that look alike. Ours.' }),
    customMetadata: z.record(z.string(), z.unknown()),
    embeddedMetadata: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'By the names of ExifTool; null in lists, and until the bytes were looked at.' }),
    ...selectedFields(),
    description: z.string().optional(),
    referenceCount: z.int().optional().meta({ description: 'In how many places it is used; in details, ours.' }),
    reachableBy: z.enum(['everyone', 'signed-url', 'nobody']),
    createdAt: answeredMoment(),
    createdBy: z.string(),
    updatedAt: answeredMoment(),
    updatedBy: z.string(),
  });

/** ImageKit, "Folder object". */
export const folder = () =>
  z.object({
    folderId: z.string(),
    type: z.literal('folder'),
    name: z.string(),
    folderPath: z.string(),
    isPrivate: z.boolean(),
    customMetadata: z.record(z.string(), z.unknown()),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
  });

/** Of an answer about something that has another path now. */
export const warned = () => ({
  warnings: z
    .array(z.string())
    .optional()
    .meta({ description: 'Named transformations that still name the old path; ours.' }),
});

export const warnings = (texts: string[]) => (texts.length > 0 ? { warnings: texts } : {});
