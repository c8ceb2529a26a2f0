import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { countFacets } from '../core/library/search/count-facets.ts';
import { findDuplicates } from '../core/library/search/find-duplicates.ts';
import { isOneOf } from '../core/library/search/is-one-of.ts';
import { SUGGESTED_FIELDS, suggestValues } from '../core/library/search/suggest-values.ts';
import { readFolderPath } from '../core/library/tree/read-folder-path.ts';
import { answerPlace, fileAnswer } from './asset-answers.ts';
import { readSearchQuery } from './asset-search.ts';
import { defineOperation } from './operation.ts';
import { file, libraryPath, searchQueryText } from './schemas/asset.ts';
import { countInQuery, members, oneOf, says } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const PREFIX = says('1 to 100 characters with which a value begins');

const counted = () => z.array(z.object({ value: z.string(), count: z.int() })).readonly();

const facetsQuery = () =>
  members({
    searchQuery: searchQueryText().optional(),
    path: libraryPath().optional(),
    limit: countInQuery(1, 1000).default(100),
  });

const suggestionsQuery = () =>
  members({
    field: oneOf(SUGGESTED_FIELDS).default('tags'),
    prefix: z.string(PREFIX).min(1, PREFIX).max(100, PREFIX),
    limit: countInQuery(1, 100).default(10),
  });

const duplicatesQuery = () =>
  members({
    path: libraryPath().optional(),
    limit: countInQuery(1, 100).default(20),
    skip: countInQuery(0, LIMITS.skippedAssets).default(0),
  });

const duplicates = () =>
  z.object({
    total: z.int().meta({ description: 'How many sets of equal files there are.' }),
    sets: z
      .array(
        z.object({
          checksum: z.string().meta({ description: 'SHA-256 of the bytes, hexadecimal.' }),
          size: z.int().meta({ description: 'Of one of them, in bytes.' }),
          count: z.int(),
          files: z.array(file()).readonly().meta({ description: 'From the oldest, at most 100.' }),
        }),
      )
      .readonly(),
  });

/** Ours; they say how the library is filled, of what the caller may see. */
export const searchOperations = [
  defineOperation({
    id: 'search.facets',
    methods: ['GET'],
    paths: ['/v1/search/facets'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'assets',
    input: () => ({ path: nothing(), query: facetsQuery(), body: { kind: 'none' } }),
    answer: {
      status: 200,
      schema: () =>
        z.object({ total: z.int(), types: counted(), formats: counted(), tags: counted(), folders: counted() }),
    },
    problems: ['url.too-long', 'list.limit', 'search.invalid', 'search.limit', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Counts what a search query means by type, format, tag and folder; without a query, all files.',
    example: { given: ['files.upload'], query: { searchQuery: 'format = "jpg"' } },
    run: async ({ search }, caller, { query: { searchQuery, path, limit } }) => {
      const query = searchQuery === undefined ? isOneOf('type', ['file']) : await readSearchQuery(search, searchQuery);
      return countFacets(search, caller, { query, limit, path: path === undefined ? undefined : readFolderPath(path) });
    },
  }),
  defineOperation({
    id: 'search.suggest',
    methods: ['GET'],
    paths: ['/v1/search/suggestions'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'assets',
    input: () => ({ path: nothing(), query: suggestionsQuery(), body: { kind: 'none' } }),
    answer: { status: 200, schema: counted },
    problems: ['url.too-long', 'search.limit', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Suggests tags, or words of names, that begin with a text, from the most frequent.',
    example: { given: ['files.upload'], query: { field: 'name', prefix: 'su' } },
    run: ({ search }, caller, { query }) => suggestValues(search, caller, query),
  }),
  defineOperation({
    id: 'search.duplicates',
    methods: ['GET'],
    paths: ['/v1/search/duplicates'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'assets',
    input: () => ({ path: nothing(), query: duplicatesQuery(), body: { kind: 'none' } }),
    answer: { status: 200, schema: duplicates },
    problems: ['url.too-long', 'list.limit', 'search.limit', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists files with the same bytes in sets, from the set that takes the most room needlessly.',
    example: { given: ['files.upload'], query: { limit: '5' } },
    run: async (deps, caller, { query: { path, limit, skip } }) => {
      const place = await answerPlace(deps);
      const folder = path === undefined ? undefined : readFolderPath(path);
      const { total, sets } = await findDuplicates(deps.search, caller, { path: folder, limit, skip });
      return { total, sets: sets.map((set) => ({ ...set, files: set.files.map((one) => fileAnswer(one, place)) })) };
    },
  }),
];
