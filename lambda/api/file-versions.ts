import * as z from 'zod';
import { fileById } from '../core/library/files/library-file.ts';
import { requireVersion } from '../core/library/store/numbered-version.ts';
import { deleteVersion } from '../core/library/versions/delete-version.ts';
import { listVersions } from '../core/library/versions/list-versions.ts';
import { restoreVersion } from '../core/library/versions/restore-version.ts';
import { answerPlace, detailsAnswer, FILE_HEADERS, selectedFieldsAnswer, versionAnswer } from './asset-answers.ts';
import { defineOperation } from './operation.ts';
import { file } from './schemas/asset.ts';
import { noAnswer, nothing, pathId, pathIds } from './schemas/parameters.ts';
import { PIXEL } from './uploads.ts';

const many = pathId('fileId', 'files.upload', 'fileId');
const one = pathIds('fileId', 'versionId');
const ONE = ['/v1/files/:fileId/versions/:versionId'] as const;

const CURRENT = {
  given: ['files.upload'],
  path: { fileId: '{{files.upload.fileId}}', versionId: '{{files.upload.fileId}}' },
};

/** The first of two versions of a file. */
const OLDER = {
  given: [
    'files.upload',
    {
      id: 'files.upload',
      body: { file: PIXEL, fileName: '{{files.upload.name}}', folder: '/samples', useUniqueFileName: 'false' },
    },
  ],
  path: CURRENT.path,
};

/** ImageKit, "List file versions", "Get file version details", "Delete file version", "Restore file version". */
export const fileVersionOperations = [
  defineOperation({
    id: 'files.versions',
    methods: ['GET'],
    paths: ['/v1/files/:fileId/versions'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'files',
    input: () => ({ path: many.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(file()) },
    problems: ['file.missing', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the versions of a file: the current one first, then the newest.',
    example: many.example,
    run: async (deps, caller, { path: { fileId } }) => {
      const listed = await listVersions(deps.library, caller, fileId);
      const place = await answerPlace(deps);
      return listed.versions.map((version) => versionAnswer(listed.file, version, place));
    },
  }),
  defineOperation({
    id: 'files.version',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'files.read', inFolders: true },
    resource: 'files',
    input: () => ({ path: one(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: file },
    problems: ['file.missing', 'version.missing', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives the details of one version of a file.',
    example: CURRENT,
    run: async (deps, caller, { path: { fileId, versionId } }) => {
      const found = await fileById(deps.library.store, caller, 'files.read', fileId);
      const version = await requireVersion(deps.library.store, found.head, versionId);
      return {
        ...versionAnswer(found, version, await answerPlace(deps)),
        embeddedMetadata: version.version.embedded ?? null,
        ...(await selectedFieldsAnswer(deps.uploads, found)),
      };
    },
  }),
  defineOperation({
    id: 'files.delete-version',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'files.delete', inFolders: true },
    resource: 'files',
    input: () => ({ path: one(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['file.missing', 'version.missing', 'version.current', 'busy'],
    audit: { action: 'version.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a version that is not the current one, with its bytes; the trash does not keep it.',
    example: OLDER,
    run: ({ library }, caller, { path }) => deleteVersion(library, caller, path),
  }),
  defineOperation({
    id: 'files.restore-version',
    methods: ['PUT'],
    paths: ['/v1/files/:fileId/versions/:versionId/restore'],
    access: { permission: 'files.restore', inFolders: true },
    resource: 'files',
    input: () => ({ path: one(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: file, addedHeaders: FILE_HEADERS },
    problems: ['file.missing', 'version.missing', 'busy'],
    audit: { action: 'version.restored' },
    rateClass: 'write',
    sentence: 'Makes a version the current one; it keeps its id and its number.',
    example: OLDER,
    run: async (deps, caller, { path }) => detailsAnswer(deps, await restoreVersion(deps.library, caller, path)),
  }),
];
