import * as z from 'zod';
import type { Caller } from '../core/kernel/caller.ts';
import { problem } from '../core/kernel/problems.ts';
import type { ListedAsset } from '../core/library/files/list-assets.ts';
import { listAssets } from '../core/library/files/list-assets.ts';
import { openCursor, sealCursor } from '../core/library/files/list-cursor.ts';
import type { ListOrder } from '../core/library/files/list-order.ts';
import { readFolderPath } from '../core/library/tree/read-folder-path.ts';
import { Answered } from './answered.ts';
import type { AnswerPlace } from './asset-answers.ts';
import { answerPlace, fileAnswer, folderAnswer } from './asset-answers.ts';
import { defineOperation } from './operation.ts';
import { file, folder, libraryPath, newName } from './schemas/asset.ts';
import { countInQuery, members, oneOf, says } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

/** ImageKit's words for what a list is sorted by. */
const MEMBERS = {
  NAME: 'name',
  CREATED: 'createdAt',
  UPDATED: 'updatedAt',
  HEIGHT: 'height',
  WIDTH: 'width',
  SIZE: 'size',
} as const satisfies Record<string, ListOrder['by']>;

type SortWord = keyof typeof MEMBERS;
type Sort = `${'ASC' | 'DESC'}_${SortWord}`;

const SORTS = (Object.keys(MEMBERS) as SortWord[]).flatMap((word): Sort[] => [`ASC_${word}`, `DESC_${word}`]);

const MOST = 1000;
const CURSOR = says('the x-next-cursor of the part before');

const listQuery = () =>
  members({
    path: libraryPath().optional(),
    type: oneOf(['file', 'folder', 'all']).default('file'),
    sort: oneOf(SORTS as [Sort, ...Sort[]]).default('ASC_CREATED'),
    fileType: oneOf(['all', 'image', 'non-image']).default('all'),
    name: newName().optional(),
    limit: countInQuery(1, MOST).default(MOST),
    skip: countInQuery(0, 1_000_000).default(0),
    cursor: z.string(CURSOR).max(2000, CURSOR).optional(),
  });

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
    answer: {
      status: 200,
      schema: () => z.array(z.union([file(), folder()])),
      addedHeaders: { 'x-next-cursor': 'Where the next part begins, for `cursor`; missing at the end.' },
    },
    problems: ['file.invalid', 'list.limit', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence:
      'Lists files, folders or both: those of a folder with `path`, else those of the whole library. A `cursor` skips and repeats nothing, whatever is changed meanwhile.',
    example: { given: ['files.upload'], query: { path: '/samples', sort: 'DESC_CREATED', limit: '10' } },
    run: async (deps, caller, { query }) => {
      const use = cursorUse(caller, query);
      const { privateKey } = await deps.account.credentials();
      const { assets, next } = await listAssets(deps.library, caller, {
        ...filtersOf(query),
        limit: query.limit,
        skip: query.skip,
        after: query.cursor === undefined ? undefined : openCursor(query.cursor, use, privateKey),
      });
      const place = await answerPlace(deps);
      const headers = next && { 'x-next-cursor': sealCursor(next, use, privateKey) };
      return new Answered(
        assets.map((asset) => toAnswer(asset, place)),
        headers ? { headers } : {},
      );
    },
  }),
];

function filtersOf({ path, type, sort, fileType, name }: ListQuery) {
  const [direction, word] = sort.split('_') as ['ASC' | 'DESC', SortWord];
  return {
    ...(path !== undefined && { path: readFolderPath(path) }),
    type,
    order: { by: MEMBERS[word], descending: direction === 'DESC' },
    ...(fileType !== 'all' && { fileType }),
    name: name?.normalize('NFC'),
  };
}

/** @throws Problem file.invalid where a cursor has no meaning */
function cursorUse({ id }: Caller, query: ListQuery) {
  const { cursor, skip, type } = query;
  if (cursor !== undefined && (skip > 0 || type === 'all')) {
    throw problem('file.invalid', 'cursor cannot be combined with skip, nor with the type all.');
  }
  return { callerId: id, filter: JSON.stringify(filtersOf(query)) };
}

const toAnswer = (asset: ListedAsset, place: AnswerPlace) =>
  asset.kind === 'file' ? fileAnswer(asset.file, place) : folderAnswer(asset.node, asset.path);
