import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { fileById } from '../core/library/files/library-file.ts';
import { updateFile } from '../core/library/files/update-file.ts';
import { askBeforeDelete } from '../core/library/references/ask-before-delete.ts';
import { namesOfAsked } from '../core/library/saved-extensions/asked-extensions.ts';
import { deleteForever } from '../core/library/trash/delete-forever.ts';
import { trashFile } from '../core/library/trash/trash-file.ts';
import { extensionAnswer } from '../core/library/upload-answer.ts';
import { detailsAnswer, FILE_HEADERS } from './asset-answers.ts';
import { defineOperation } from './operation.ts';
import { file } from './schemas/asset.ts';
import { askedExtension, extensionOutcome } from './schemas/extension.ts';
import { flag, members, queryFlag, says, texts } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const path = pathId('fileId', 'files.upload', 'fileId');
const DETAILS = ['/v1/files/:fileId/details'] as const;
const AREA = says('x,y,width,height in whole pixels, width and height at least 1, or null');
const TEXT = says(`text of at most ${LIMITS.descriptionCharacters} characters, or null`);

const EXTENSIONS = says(`a list of at most ${LIMITS.extensionTasks} extensions`);
const HOOK = says('an http or https URL');
const AI_TAGS = says('a list of tags, or "all"');

const tags = () => texts(LIMITS.tagCharacters, 'tags');

/** ImageKit's members, and ours: `addTags`, `removeTags`, `isPrivateFile`. */
const details = () =>
  members({
    tags: tags().nullish(),
    addTags: tags().optional(),
    removeTags: tags().optional(),
    description: z.string(TEXT).max(LIMITS.descriptionCharacters, TEXT).nullish(),
    customCoordinates: z
      .string(AREA)
      .regex(/^\d{1,6},\d{1,6},[1-9]\d{0,5},[1-9]\d{0,5}$/, AREA)
      .nullish(),
    customMetadata: z
      .record(z.string(), z.unknown(), says('an object of values by the names of their fields'))
      .optional(),
    isPrivateFile: flag().optional(),
    extensions: z.array(askedExtension(), EXTENSIONS).max(LIMITS.extensionTasks, EXTENSIONS).optional(),
    webhookUrl: z
      .string(HOOK)
      .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), HOOK)
      .optional(),
    // No tag is made by a model here, so there is none to remove.
    removeAITags: z.union([z.literal('all'), tags()], AI_TAGS).optional(),
    // Drafts are files, not versions: whichever way the second is said, all versions follow the file.
    publish: members({ isPublished: flag(), includeFileVersions: flag().optional() }).optional(),
  });

/** ImageKit, "Get file details", "Update file details", "Delete file". */
export const fileOperations = [
  defineOperation({
    id: 'files.get',
    methods: ['GET'],
    paths: DETAILS,
    access: { permission: 'files.read', inFolders: true },
    resource: 'files',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: file, addedHeaders: FILE_HEADERS },
    problems: ['file.missing', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives the details of a file, and in `ETag` what a change can be made conditional on.',
    example: path.example,
    run: async (deps, caller, { path: { fileId } }) =>
      detailsAnswer(deps, await fileById(deps.library.store, caller, 'files.read', fileId)),
  }),
  defineOperation({
    id: 'files.update',
    methods: ['PATCH'],
    paths: DETAILS,
    access: { permission: 'files.update', inFolders: true },
    resource: 'files',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'json', schema: details() } }),
    answer: { status: 200, schema: () => file().extend(extensionOutcome()), addedHeaders: FILE_HEADERS },
    problems: ['file.missing', 'file.invalid', 'custom-metadata.invalid', 'busy'],
    conditional: true,
    audit: { action: 'file.updated' },
    rateClass: 'write',
    sentence: 'Changes the given details of a file and leaves the others; null takes a detail away.',
    example: { ...path.example, body: { addTags: ['approved'], description: 'Front of the shop' } },
    run: async (
      deps,
      caller,
      { path: { fileId }, body: { publish, isPrivateFile, customMetadata, extensions = [], ...update }, ifMatch },
    ) => {
      const changes = {
        ...update,
        ...(isPrivateFile !== undefined && { isPrivate: isPrivateFile }),
        ...(publish && { isPublished: publish.isPublished }),
      };
      const asked = await namesOfAsked(deps.savedExtensions, extensions);
      const metadata = customMetadata && { values: customMetadata, fieldsIn: deps.uploads.fieldsIn };
      const changed = await updateFile(deps.library, caller, { fileId, update: changes, metadata, ifMatch });
      return detailsAnswer(deps, changed, extensionAnswer(asked));
    },
  }),
  defineOperation({
    id: 'files.delete',
    methods: ['DELETE'],
    paths: ['/v1/files/:fileId'],
    access: { permission: 'files.delete', inFolders: true },
    resource: 'files',
    input: () => ({
      path: path.schema(),
      query: members({ purge: queryFlag().optional(), force: queryFlag().optional() }),
      body: { kind: 'none' },
    }),
    answer: { status: 204, schema: noAnswer },
    problems: ['file.missing', 'file.referenced', 'busy'],
    conditional: true,
    audit: { action: 'file.trashed' },
    rateClass: 'write',
    sentence: `Puts a file with all its versions into the trash for ${LIMITS.trashDays} days; with \`purge=true\` no byte of it is left. One that is used needs \`force=true\`.`,
    example: path.example,
    run: async ({ library, references }, caller, { path: { fileId }, query: { purge, force }, ifMatch }) => {
      const input = { fileId, ifMatch, ask: force ? undefined : askBeforeDelete(references, caller) };
      await (purge ? deleteForever(library, caller, input) : trashFile(library, caller, input));
    },
  }),
];
