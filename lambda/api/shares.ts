import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { requireVisible } from '../core/library/files/change-files.ts';
import { selectFiles } from '../core/library/selections/select-files.ts';
import {
  createShare,
  getShare,
  listShareAccesses,
  listShares,
  revokeShare,
} from '../core/library/shares/manage-shares.ts';
import type { Share } from '../core/library/shares/share.ts';
import { ORIGINAL } from '../core/library/shares/share.ts';
import { expandNames } from '../core/settings/named-transformations/expand-names.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, oneLine, says, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';
import { readSelection, SELECTION_PROBLEMS, selected } from './selection.ts';
import { SHARE_PREFIX } from './share-pages.ts';

const FORMS = says(`a list of 1 to ${LIMITS.shareForms} forms: original, or names of named transformations`);
const PASSWORD = says(`a password of 8 to ${LIMITS.sharePasswordCharacters} characters`);

const share = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    forms: z.array(z.string()).readonly(),
    files: z.int().meta({ description: 'How many it was made for; what is gone since is shown no more.' }),
    hasPassword: z.boolean(),
    createdAt: answeredMoment(),
    expiresAt: answeredMoment(),
  });

const access = () =>
  z.object({
    at: answeredMoment(),
    kind: z.enum(['page', 'file', 'wrong-password']),
    fileId: z.string().optional(),
    form: z.string().optional(),
  });

const MANY = ['/v1/shares'] as const;
const ONE = ['/v1/shares/:id'] as const;
const path = pathId('id', 'shares.create', 'id');

/** Who decides who sees a folder's files, shows them to others. */
const ACCESS = { permission: 'folders.restrict', inFolders: true } as const;

/** Ours. */
export const shareOperations = [
  defineOperation({
    id: 'shares.create',
    methods: ['POST'],
    paths: MANY,
    access: ACCESS,
    resource: 'shares',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          ...selected(),
          name: oneLine(LIMITS.shareNameCharacters),
          forms: z
            .array(oneLine(LIMITS.zipNameCharacters), FORMS)
            .min(1, FORMS)
            .max(LIMITS.shareForms, FORMS)
            .default([ORIGINAL]),
          password: z.string(PASSWORD).min(8, PASSWORD).max(LIMITS.sharePasswordCharacters, PASSWORD).optional(),
          seconds: wholeNumber(60, LIMITS.shareSeconds).default(604_800),
        }),
      },
    }),
    answer: {
      status: 201,
      schema: () =>
        share().extend({ url: z.string().meta({ description: 'Whoever has it sees the files; told once.' }) }),
    },
    problems: [...SELECTION_PROBLEMS, 'share.limit', 'name.unknown', 'transformation.limit', 'busy'] as const,
    audit: { action: 'share.created' },
    rateClass: 'write',
    sentence: `Makes a link to a page that shows up to ${LIMITS.sharedFiles} files, and gives them in the allowed \`forms\`, for \`seconds\` or until it is revoked; with a \`password\`, to who knows it. What goes into the trash, is taken down or made private later is gone from it.`,
    example: {
      given: ['files.upload'],
      body: { fileIds: ['{{files.upload.fileId}}'], name: 'Press kit', seconds: 86_400 },
    },
    run: async (deps, caller, { body: { name, forms, password, seconds, ...selection } }) => {
      const wanted = [...new Set(forms)];
      for (const form of wanted) {
        if (form !== ORIGINAL) await expandNames([[`n-${form}`]], deps.explain.findNamed);
      }
      const found = await selectFiles(deps.search, caller, await readSelection(deps, selection));
      const ids = found.map(({ fileId }) => fileId);
      const files = await requireVisible(deps.library.store, caller, ids);
      const made = await createShare(deps.shares, caller, { name, files, forms: wanted, password, seconds });
      const url = `${(await deps.shares.ownUrl()) ?? ''}${SHARE_PREFIX}${made.link}`;
      return { ...toAnswer(made.share), url };
    },
  }),
  defineOperation({
    id: 'shares.list',
    methods: ['GET'],
    paths: MANY,
    access: ACCESS,
    resource: 'shares',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(share()).readonly() },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the share links of files that the caller may share, oldest first, without their URLs.',
    example: { given: ['shares.create'] },
    run: async ({ shares }, caller) => (await listShares(shares, caller)).map(toAnswer),
  }),
  defineOperation({
    id: 'shares.get',
    methods: ['GET'],
    paths: ONE,
    access: ACCESS,
    resource: 'shares',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: share },
    problems: ['share.missing'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one share link, without its URL.',
    example: path.example,
    run: async ({ shares }, caller, { path: { id } }) => toAnswer(await getShare(shares, caller, id)),
  }),
  defineOperation({
    id: 'shares.accesses',
    methods: ['GET'],
    paths: ['/v1/shares/:id/accesses'],
    access: ACCESS,
    resource: 'shares',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(access()).readonly() },
    problems: ['share.missing'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: `Lists the last ${LIMITS.shareAccessesListed} looks at a share link of the last ${LIMITS.shareAccessDays} days, the newest first: the page, files, wrong passwords. It does not say who looked.`,
    example: path.example,
    run: ({ shares }, caller, { path: { id } }) => listShareAccesses(shares, caller, id),
  }),
  defineOperation({
    id: 'shares.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: ACCESS,
    resource: 'shares',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['share.missing', 'busy'],
    audit: { action: 'share.revoked' },
    rateClass: 'write',
    sentence: 'Revokes a share link: from then on it leads to nothing.',
    example: path.example,
    run: ({ shares }, caller, { path: { id } }) => revokeShare(shares, caller, id),
  }),
];

const toAnswer = ({ id, name, forms, files, password, createdAt, expiresAt }: Share) => ({
  ...{ id, name, forms, files: files.length, hasPassword: password !== undefined, createdAt, expiresAt },
});
