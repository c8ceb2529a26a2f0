import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import {
  createSavedSearch,
  deleteSavedSearch,
  getSavedSearch,
  listSavedSearches,
  updateSavedSearch,
} from '../core/library/saved-searches/manage-saved-searches.ts';
import type { SavedSearch } from '../core/library/saved-searches/saved-search.ts';
import { readFolderPath } from '../core/library/tree/read-folder-path.ts';
import { readSearchQuery } from './asset-search.ts';
import { answerList, LISTED, partOfList, SORTS } from './assets.ts';
import { defineOperation } from './operation.ts';
import { libraryPath, searchQueryText } from './schemas/asset.ts';
import { answeredMoment, flag, members, oneLine, oneOf } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const name = () => oneLine(LIMITS.savedSearchNameCharacters);

const saved = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    searchQuery: z.string(),
    path: z.string().optional(),
    sort: z.enum(SORTS),
    shared: z.boolean().meta({ description: 'Whether everybody who may read files sees it.' }),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
  });

const MANY = ['/v1/saved-searches'] as const;
const ONE = ['/v1/saved-searches/:id'] as const;
const path = pathId('id', 'saved-searches.create', 'id');

/** A search is kept by who may search, so every one of them asks for the same right. */
const ACCESS = { permission: 'files.read', inFolders: true } as const;

/** Ours: ImageKit keeps searches in its dashboard alone. */
export const savedSearchOperations = [
  defineOperation({
    id: 'saved-searches.create',
    methods: ['POST'],
    paths: MANY,
    access: ACCESS,
    resource: 'saved-searches',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name(),
          searchQuery: searchQueryText(),
          path: libraryPath().optional(),
          sort: oneOf(SORTS).default('ASC_CREATED'),
          shared: flag().default(false),
        }),
      },
    }),
    answer: { status: 201, schema: saved },
    problems: ['search.invalid', 'search.limit', 'saved-search.limit', 'busy'],
    audit: { action: 'saved-search.created' },
    rateClass: 'write',
    sentence:
      'Keeps a search under a name, for the caller alone or `shared` with everybody who may read files; to share it, the key needs `files.update`.',
    example: { body: { name: 'Large photos', searchQuery: 'format = "jpg" AND size > "1mb"', sort: 'DESC_SIZE' } },
    run: async (deps, caller, { body: { shared, path, ...choices } }) => {
      await readSearchQuery(deps.search, choices.searchQuery);
      const place = path === undefined ? {} : { path: readFolderPath(path) };
      return toAnswer(await createSavedSearch(deps.savedSearches, caller, { ...choices, ...place, isShared: shared }));
    },
  }),
  defineOperation({
    id: 'saved-searches.list',
    methods: ['GET'],
    paths: MANY,
    access: ACCESS,
    resource: 'saved-searches',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(saved()).readonly() },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the searches that the caller has saved, and those that are shared, oldest first.',
    example: { given: ['saved-searches.create'] },
    run: async ({ savedSearches }, caller) => (await listSavedSearches(savedSearches, caller)).map(toAnswer),
  }),
  defineOperation({
    id: 'saved-searches.get',
    methods: ['GET'],
    paths: ONE,
    access: ACCESS,
    resource: 'saved-searches',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: saved },
    problems: ['saved-search.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one saved search.',
    example: path.example,
    run: async ({ savedSearches }, caller, { path: { id } }) =>
      toAnswer(await getSavedSearch(savedSearches, caller, id)),
  }),
  defineOperation({
    id: 'saved-searches.assets',
    methods: ['GET'],
    paths: ['/v1/saved-searches/:id/assets'],
    access: ACCESS,
    resource: 'saved-searches',
    input: () => ({ path: path.schema(), query: members(partOfList()), body: { kind: 'none' } }),
    answer: LISTED,
    problems: ['saved-search.not-found', 'file.invalid', 'list.limit', 'search.invalid', 'search.limit', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Runs a saved search: what it means now, of what the caller may see.',
    example: { ...path.example, query: { limit: '10' } },
    run: async (deps, caller, { path: { id }, query: part }) => {
      const { searchQuery, path: folder, sort } = await getSavedSearch(deps.savedSearches, caller, id);
      const order = SORTS.find((one) => one === sort) ?? 'ASC_CREATED';
      const query = { searchQuery, path: folder, sort: order, fileType: 'all', includeFolder: false } as const;
      return answerList(deps, caller, { ...query, ...part });
    },
  }),
  defineOperation({
    id: 'saved-searches.update',
    methods: ['PATCH'],
    paths: ONE,
    access: ACCESS,
    resource: 'saved-searches',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name().optional(),
          searchQuery: searchQueryText().optional(),
          path: libraryPath().nullish(),
          sort: oneOf(SORTS).optional(),
          shared: flag().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: saved },
    problems: ['saved-search.not-found', 'search.invalid', 'search.limit', 'busy'],
    audit: { action: 'saved-search.updated' },
    rateClass: 'write',
    sentence:
      'Changes the given members of a saved search and leaves the others; one of somebody else only if it is shared and the key has `files.update`.',
    example: { ...path.example, body: { name: 'Photos of more than 2 MB', searchQuery: 'size > "2mb"' } },
    run: async (deps, caller, { path: { id }, body: { shared, path: folder, ...update } }) => {
      if (update.searchQuery !== undefined) await readSearchQuery(deps.search, update.searchQuery);
      const place = folder ? readFolderPath(folder) : folder;
      const changes = { ...update, path: place, isShared: shared };
      return toAnswer(await updateSavedSearch(deps.savedSearches, caller, id, changes));
    },
  }),
  defineOperation({
    id: 'saved-searches.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: ACCESS,
    resource: 'saved-searches',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['saved-search.not-found', 'busy'],
    audit: { action: 'saved-search.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a saved search; what it finds stays.',
    example: path.example,
    run: ({ savedSearches }, caller, { path: { id } }) => deleteSavedSearch(savedSearches, caller, id),
  }),
];

function toAnswer({ owner: _, isShared, sort, ...others }: SavedSearch) {
  return { ...others, sort: SORTS.find((one) => one === sort) ?? 'ASC_CREATED', shared: isShared } as const;
}
