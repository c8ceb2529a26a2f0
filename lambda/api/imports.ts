import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { problem } from '../core/kernel/problems.ts';
import { beginImport } from '../core/library/imports/begin-import.ts';
import { levelsOf } from '../core/library/tree/folder.ts';
import { readNewFolderPath } from '../core/library/tree/read-folder-path.ts';
import type { ManageOriginsDeps } from '../core/settings/origins/manage-origins.ts';
import { getOrigin } from '../core/settings/origins/manage-origins.ts';
import { defineOperation } from './operation.ts';
import { flag, members, oneLine } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const originId = () => oneLine(LIMITS.importKeyCharacters);

const EXAMPLE_ORIGIN = {
  type: 'S3',
  name: 'Old bucket',
  bucket: 'shop-pictures',
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'example',
};

/** Ours. */
export const importOperations = [
  defineOperation({
    id: 'imports.create',
    methods: ['POST'],
    paths: ['/v1/imports'],
    access: { permission: 'origins.write' },
    resource: 'imports',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          originId: originId(),
          prefix: oneLine(LIMITS.importKeyCharacters).optional(),
          folder: oneLine(LIMITS.pathBytes).default('/'),
          isPrivateFile: flag().optional(),
          replaceCharacters: flag().default(false),
          inventory: members({
            manifest: oneLine(LIMITS.importKeyCharacters),
            originId: originId().optional(),
          }).optional(),
        }),
      },
    }),
    answer: { status: 202, schema: () => z.object({ jobId: z.string() }) },
    problems: ['origin.not-found', 'import.invalid', 'folder.invalid', 'busy'],
    audit: { action: 'bucket.imported' },
    rateClass: 'write',
    sentence:
      'Begins to make files of the objects of an origin of type S3 or S3_COMPATIBLE, all of them or those below `prefix`, in `folder`; it also needs `files.upload` there. The bytes stay at the origin. The job, which a worker takes up within a minute, counts what became of the objects and names those that could not be imported. With `inventory`, objects are those of an S3 Inventory in CSV, whose manifest has this key. Names that a library may not have are refused, or changed as uploads change them with `replaceCharacters`.',
    example: {
      given: [{ id: 'origins.create', body: EXAMPLE_ORIGIN }],
      body: { originId: '{{origins.create.id}}', prefix: 'products', folder: '/products' },
    },
    run: async ({ library, origins, uploads }, caller, { body }) => {
      const { inventory, prefix = '', folder, isPrivateFile, replaceCharacters } = body;
      await Promise.all([body.originId, inventory?.originId].map((id) => id && requireBucket(origins, id)));
      const job = await beginImport(library, caller, {
        from: {
          originId: body.originId,
          prefix: readPrefix(prefix),
          ...(inventory && {
            inventory: { originId: inventory.originId ?? body.originId, manifest: inventory.manifest },
          }),
        },
        folder: readNewFolderPath(folder, 'folder'),
        isPrivate: isPrivateFile ?? uploads.defaultVisibility === 'private',
        replacesCharacters: replaceCharacters,
      });
      return { jobId: job.jobId };
    },
  }),
];

/** @throws Problem origin.not-found or import.invalid */
async function requireBucket(origins: ManageOriginsDeps, id: string): Promise<void> {
  const { type } = await getOrigin(origins, id);
  if (type === 'S3' || type === 'S3_COMPATIBLE') return;
  throw problem(
    'import.invalid',
    `Objects are imported from origins of the types S3 and S3_COMPATIBLE; this one is ${type}.`,
  );
}

/** A folder of a bucket as keys begin with it; slashes around it mean nothing. */
const readPrefix = (prefix: string): string =>
  levelsOf(prefix)
    .map((level) => `${level}/`)
    .join('');
