import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import type { AuditAction } from '../core/audit/actions.ts';
import type { ChangedFiles } from '../core/library/files/change-files.ts';
import { changeFiles } from '../core/library/files/change-files.ts';
import { fileById } from '../core/library/files/library-file.ts';
import type { FileUpdate } from '../core/library/files/update-file.ts';
import { updateFile } from '../core/library/files/update-file.ts';
import { askBeforeDelete } from '../core/library/references/ask-before-delete.ts';
import { trashFile } from '../core/library/trash/trash-file.ts';
import { Answered } from './answered.ts';
import { defineOperation } from './operation.ts';
import { fileIds } from './schemas/asset.ts';
import { flag, members, someTexts } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const failures = () => z.array(z.object({ fileId: z.string(), error: z.string() })).optional();
const deleted = () => z.object({ successfullyDeletedFileIds: z.array(z.string()).readonly(), errors: failures() });
const updated = () => z.object({ successfullyUpdatedFileIds: z.array(z.string()).readonly(), errors: failures() });

const tagging = () =>
  members({ fileIds: fileIds(LIMITS.filesTaggedAtOnce), tags: someTexts(LIMITS.tagCharacters, 'tags') });

/** What failed; with it, the answer is 207. */
function answered<Body>({ failed }: ChangedFiles, body: Body) {
  const errors = failed.map(({ fileId, problem }) => ({ fileId, error: problem.message }));
  return errors.length === 0 ? body : new Answered({ ...body, errors }, { status: 207 });
}

const EXAMPLE = {
  given: ['files.upload'],
  body: { fileIds: ['{{files.upload.fileId}}'], tags: ['small'] },
};

function taggingOperation(id: string, { path, sentence, update }: TaggingRoute) {
  return defineOperation({
    id,
    methods: ['POST'],
    paths: [path],
    access: { permission: 'files.update', inFolders: true },
    resource: 'files',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: tagging() } }),
    answer: { status: 200, otherStatuses: [207], schema: updated },
    problems: ['file.missing', 'file.invalid', 'busy'],
    audit: { action: 'file.updated' satisfies AuditAction },
    rateClass: 'write',
    sentence,
    example: EXAMPLE,
    run: async ({ library }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesTaggedAtOnce };
      const changed = await changeFiles(library, caller, input, (fileId) =>
        updateFile(library, caller, { fileId, update: update(body.tags) }),
      );
      return answered(changed, { successfullyUpdatedFileIds: changed.changed });
    },
  });
}

interface TaggingRoute {
  readonly path: string;
  readonly sentence: string;
  readonly update: (tags: readonly string[]) => FileUpdate;
}

/** ImageKit, "Delete multiple files", "Add tags (bulk)", "Remove tags (bulk)". One unknown id, and nothing is done. */
export const bulkFileOperations = [
  defineOperation({
    id: 'files.delete-several',
    methods: ['POST'],
    paths: ['/v1/files/batch/deleteByFileIds'],
    access: { permission: 'files.delete', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ fileIds: fileIds(LIMITS.filesDeletedAtOnce), force: flag().optional() }),
      },
    }),
    answer: { status: 200, otherStatuses: [207], schema: deleted },
    problems: ['file.missing', 'file.invalid', 'file.referenced', 'busy'],
    audit: { action: 'file.trashed' },
    rateClass: 'write',
    sentence: `Puts up to ${LIMITS.filesDeletedAtOnce} files into the trash; if one is not there, none of them, and none without \`force\` if one is used.`,
    example: { given: EXAMPLE.given, body: { fileIds: EXAMPLE.body.fileIds } },
    run: async ({ library, references }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesDeletedAtOnce };
      const ask = body.force ? undefined : askBeforeDelete(references, caller);
      const changed = await changeFiles(
        library,
        caller,
        input,
        (fileId) => trashFile(library, caller, { fileId, ask }),
        async (files) => ask?.({ files }),
      );
      return answered(changed, { successfullyDeletedFileIds: changed.changed });
    },
  }),
  taggingOperation('files.add-tags', {
    path: '/v1/files/addTags',
    sentence: `Gives up to ${LIMITS.filesTaggedAtOnce} files more tags; if one is not there, none of them.`,
    update: (addTags) => ({ addTags }),
  }),
  taggingOperation('files.remove-tags', {
    path: '/v1/files/removeTags',
    sentence: `Takes tags from up to ${LIMITS.filesTaggedAtOnce} files; if one is not there, from none of them.`,
    update: (removeTags) => ({ removeTags }),
  }),
  defineOperation({
    id: 'files.remove-ai-tags',
    methods: ['POST'],
    paths: ['/v1/files/removeAITags'],
    access: { permission: 'files.update', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          fileIds: fileIds(LIMITS.filesTaggedAtOnce),
          AITags: someTexts(LIMITS.tagCharacters, 'tags'),
        }),
      },
    }),
    answer: { status: 200, otherStatuses: [207], schema: updated },
    problems: ['file.missing', 'file.invalid', 'busy'],
    audit: { none: 'No file has tags that a machine gave it, so nothing is changed.' },
    rateClass: 'write',
    sentence: 'Takes tags that a machine gave from files; here no file has any, so all of them are as asked.',
    example: { given: EXAMPLE.given, body: { fileIds: EXAMPLE.body.fileIds, AITags: ['small'] } },
    run: async ({ library }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesTaggedAtOnce };
      const found = await changeFiles(library, caller, input, (fileId) =>
        fileById(library.store, caller, 'files.update', fileId),
      );
      return answered(found, { successfullyUpdatedFileIds: found.changed });
    },
  }),
];
