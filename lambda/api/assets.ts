import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { problem } from '../core/kernel/problems.ts';
import type { ListCursor } from '../core/library/files/list-cursor.ts';
import { openCursor, sealCursor } from '../core/library/files/list-cursor.ts';
import type { ListOrder } from '../core/library/files/list-order.ts';
import type { ListedAsset } from '../core/library/files/listed-asset.ts';
import { listAssets } from '../core/library/search/list-assets.ts';
import { searchAssets } from '../core/library/search/search-assets.ts';
import { readFolderPath } from '../core/library/tree/read-folder-path.ts';
import { Answered } from './answered.ts';
import type { AnswerPlace } from './asset-answers.ts';
import { answerPlace, fileAnswer, folderAnswer, versionAnswer } from './asset-answers.ts';
import { readSearch } from './asset-search.ts';
import type { ApiDeps } from './deps.ts';
import { defineOperation } from './operation.ts';
import { file, folder, libraryPath, newName, searchQueryText } from './schemas/asset.ts';
import { countInQuery, members, oneOf, queryFlag, says } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

/** ImageKit's words for what a list is sorted by. */
const MEMBERS = {
  NAME: 'name',
  CREATED: 'createdAt',
  UPDATED: 'updatedAt',
  HEIGHT: 'height',
  WIDTH: 'width',
  SIZE: 'size',
  RELEVANCE: 'relevance',
} as const satisfies Record<string, ListOrder['by']>;

type SortWord = keyof typeof MEMBERS;
type Sort = `${'ASC' | 'DESC'}_${SortWord}`;

/** The orders of a list. */
export const SORTS = (Object.keys(MEMBERS) as SortWord[]).flatMap((word): Sort[] => [
  `ASC_${word}`,
  `DESC_${word}`,
]) as [Sort, ...Sort[]];

/** What a list is answered with. */
export const LISTED = {
  status: 200 as const,
  schema: () => z.array(z.union([file(), folder()])),
  addedHeaders: { 'x-next-cursor': 'Where the next part begins, for `cursor`; missing at the end.' },
};

const MOST = 1000;
const CURSOR = says('the x-next-cursor of the part before');

const TAGS = says(`tags with commas between them, at most ${LIMITS.searchListValues}`);

/** Which part of a list is wanted. */
export const partOfList = () => ({
  limit: countInQuery(1, MOST).default(MOST),
  skip: countInQuery(0, LIMITS.skippedAssets).default(0),
  cursor: z.string(CURSOR).max(2000, CURSOR).optional(),
});

const listQuery = () =>
  members({
    path: libraryPath().optional(),
    type: oneOf(['file', 'file-version', 'folder', 'all']).optional(),
    includeFolder: queryFlag().default(false),
    sort: oneOf(SORTS).default('ASC_CREATED'),
    searchQuery: searchQueryText().optional(),
    fileType: oneOf(['all', 'image', 'non-image']).default('all'),
    name: newName().optional(),
    tags: z.string(TAGS).max(LIMITS.searchQueryCharacters, TAGS).transform(splitTags).refine(areFew, TAGS).optional(),
    ...partOfList(),
  });

const splitTags = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim().normalize('NFC'))
    .filter((tag) => tag !== '');

const areFew = ({ length }: readonly string[]): boolean => length > 0 && length <= LIMITS.searchListValues;

type ListQuery = z.infer<ReturnType<typeof listQuery>>;

/** ImageKit, "List and search assets", and our cursor beside its `skip`. */
export const assetOperations = [
  defineOperation({
    id: 'assets.list',
    methods: ['GET'],
    paths: ['/v1/files'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'assets',
    input: () => ({ path: nothing(), query: listQuery(), body: { kind: 'none' } }),
    answer: LISTED,
    problems: ['url.too-long', 'file.invalid', 'list.limit', 'search.invalid', 'search.limit', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence:
      'Lists or searches files, folders or both: those of a folder with `path`, else those of the whole library. A `cursor` skips and repeats nothing, whatever is changed meanwhile. Words, tags and custom fields of a `searchQuery` find a change a moment after it was made; a list without one has it at once.',
    example: {
      given: ['files.upload'],
      query: { path: '/samples', searchQuery: 'size < "10mb" AND format = "jpg"', sort: 'DESC_CREATED', limit: '10' },
    },
    run: async (deps, caller, { query }) => answerList(deps, caller, query),
  }),
];

/** @throws Problem of a query that means nothing, or reads too much */
export async function answerList(deps: ApiDeps, caller: Caller, query: ListQuery) {
  const use = cursorUse(caller, query);
  const { privateKey } = await deps.account.credentials();
  const after = query.cursor === undefined ? undefined : openCursor(query.cursor, use, privateKey);
  const { assets, next } = await listOrSearch(deps, caller, query, after);
  const place = await answerPlace(deps);
  const headers = next && { 'x-next-cursor': sealCursor(next, use, privateKey) };
  return new Answered(
    assets.map((asset) => toAnswer(asset, place)),
    headers ? { headers } : {},
  );
}

async function listOrSearch(deps: ApiDeps, caller: Caller, query: ListQuery, after: ListCursor | undefined) {
  const { limit, skip, name } = query;
  const place = { ...placeOf(query), limit, skip, after };
  const searched = await readSearch(deps.search, query);
  if (searched) return searchAssets(deps.search, caller, { ...place, query: searched });
  const type = query.type === 'file-version' ? 'file' : (query.type ?? (query.includeFolder ? 'all' : 'file'));
  return listAssets(deps.search, caller, { ...place, type, name: name?.normalize('NFC') });
}

/** Where a list looks and how it is sorted. */
function placeOf({ path, sort, fileType }: ListQuery) {
  const [direction, word] = sort.split('_') as ['ASC' | 'DESC', SortWord];
  return {
    ...(path !== undefined && { path: readFolderPath(path) }),
    order: { by: MEMBERS[word], descending: direction === 'DESC' },
    ...(fileType !== 'all' && { fileType }),
  };
}

/** @throws Problem file.invalid where a cursor has no meaning */
function cursorUse({ id }: Caller, query: ListQuery) {
  const { cursor, limit: _, ...filter } = query;
  const isOfAll = filter.searchQuery === undefined && (filter.type === 'all' || filter.includeFolder);
  if (cursor !== undefined && (filter.skip > 0 || isOfAll)) {
    throw problem('file.invalid', 'cursor cannot be combined with skip, nor with the type all.');
  }
  return { callerId: id, filter: JSON.stringify({ ...filter, skip: 0 }) };
}

function toAnswer(asset: ListedAsset, place: AnswerPlace) {
  if (asset.kind === 'folder') return folderAnswer(asset.node, asset.path);
  return asset.kind === 'version' ? versionAnswer(asset.file, asset.numbered, place) : fileAnswer(asset.file, place);
}
