import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import type { AuditAction } from '../core/audit/actions.ts';
import { changeFiles } from '../core/library/files/change-files.ts';
import { fileById } from '../core/library/files/library-file.ts';
import type { FileUpdate } from '../core/library/files/update-file.ts';
import { updateFile } from '../core/library/files/update-file.ts';
import { answered, failures, ONE_FILE } from './bulk-answers.ts';
import { defineOperation } from './operation.ts';
import { fileIds } from './schemas/asset.ts';
import { members, someTexts } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const updated = () => z.object({ successfullyUpdatedFileIds: z.array(z.string()).readonly(), errors: failures() });

const tagging = () =>
  members({ fileIds: fileIds(LIMITS.filesTaggedAtOnce), tags: someTexts(LIMITS.tagCharacters, 'tags') });

function taggingOperation(id: string, { path, sentence, tag, update }: TaggingRoute) {
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
    example: { ...ONE_FILE, body: { ...ONE_FILE.body, tags: [tag] } },
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
  /** Of the example, whose file is tagged `small`. */
  readonly tag: string;
  readonly sentence: string;
  readonly update: (tags: readonly string[]) => FileUpdate;
}

/** ImageKit, "Add tags (bulk)", "Remove tags (bulk)", "Remove AITags (bulk)". One unknown id, and nothing is done. */
export const bulkTagOperations = [
  taggingOperation('files.add-tags', {
    path: '/v1/files/addTags',
    tag: 'spring',
    sentence: `Gives up to ${LIMITS.filesTaggedAtOnce} files more tags; if one is not there, none of them.`,
    update: (addTags) => ({ addTags }),
  }),
  taggingOperation('files.remove-tags', {
    path: '/v1/files/removeTags',
    tag: 'small',
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
    example: { ...ONE_FILE, body: { ...ONE_FILE.body, AITags: ['small'] } },
    run: async ({ library }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesTaggedAtOnce };
      const found = await changeFiles(library, caller, input, (fileId) =>
        fileById(library.store, caller, 'files.update', fileId),
      );
      return answered(found, { successfullyUpdatedFileIds: found.changed });
    },
  }),
];
