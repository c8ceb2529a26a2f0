import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { ListCursor } from '../files/list-cursor.ts';
import type { ListOrder, Sortable } from '../files/list-order.ts';
import { compareSortables, isAfter, placeOf } from '../files/list-order.ts';
import type { ListedAsset, ListedAssets } from '../files/listed-asset.ts';
import type { FileHead } from '../store/records.ts';
import { pathIn } from '../tree/folder.ts';
import type { FindDocumentsDeps, FoundAsset } from './find-documents.ts';
import { findDocuments } from './find-documents.ts';
import { withinFolder } from './is-one-of.ts';
import { matchesQuery } from './matches-query.ts';
import type { SearchQuery } from './query.ts';
import { relevanceOf } from './relevance.ts';
import { resolveTimes } from './resolve-times.ts';
import { fileDocument } from './search-document.ts';

export interface SearchAssetsDeps extends FindDocumentsDeps {
  readonly clock: Clock;
}

export interface SearchAssetsInput {
  readonly query: SearchQuery;
  /** Folder in canonical form: that level only. @default the whole library */
  readonly path?: string | undefined;
  readonly fileType?: FileHead['fileType'] | undefined;
  readonly order: ListOrder;
  readonly limit: number;
  readonly skip: number;
  /** Where the part before ended; `skip` is then 0. */
  readonly after?: ListCursor | undefined;
}

type Row = Sortable & { readonly found: FoundAsset };

/**
 * What a query means, in an order that no two of them share. A cursor is a place in that order, so each is listed once
 * whatever is changed meanwhile.
 * @throws Problem search.limit or list.limit
 */
export async function searchAssets(
  deps: SearchAssetsDeps,
  caller: Caller,
  input: SearchAssetsInput,
): Promise<ListedAssets> {
  const { order, after, fileType } = input;
  const query = withinFolder(resolveTimes(input.query, deps.clock()), input.path);
  const found = await findDocuments(deps, caller, query);
  const rows = found
    .filter(({ document }) => fileType === undefined || document.fileType === fileType)
    .map((one) => toRow(query, order, one))
    .filter((row) => !after || isAfter(order, row, after))
    .sort(compareSortables(order));
  const chosen = rows.slice(input.skip, input.skip + input.limit);
  const last = chosen.at(-1);
  const isMore = last && rows.length > input.skip + chosen.length;
  return { assets: await withDetails(deps, query, chosen), ...(isMore && { next: placeOf(order, last) }) };
}

function toRow(query: SearchQuery, { by }: ListOrder, found: FoundAsset): Row {
  const { id, name, createdAt, updatedAt, width, height, size } = found.document;
  return {
    ...{ id: found.version?.numbered.version.versionId ?? id, name, createdAt, updatedAt, found },
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(size !== undefined && { size }),
    ...(by === 'relevance' && { relevance: relevanceOf(query, found.document) }),
  };
}

/** Files as they are now: one that was moved, trashed or changed since, so that it is not meant any more, is left out. */
async function withDetails(
  { store }: FindDocumentsDeps,
  query: SearchQuery,
  rows: readonly Row[],
): Promise<ListedAsset[]> {
  const files = rows.filter(({ found }) => found.document.type === 'file');
  const heads = new Map((await store.heads(files.map(({ id }) => id))).map((head) => [head.assetId, head]));
  return rows.flatMap(({ found }): ListedAsset[] => {
    const { document, folder, node, version } = found;
    if (node) return [{ kind: 'folder', node, path: pathIn(folder, node.name) }];
    const head = version?.head ?? heads.get(document.id);
    if (head?.state !== 'live' || head.folderId !== folder.folderId) return [];
    const file = { head, folder, path: pathIn(folder, head.name) };
    if (version) return [{ kind: 'version', file, numbered: version.numbered }];
    return matchesQuery(query, { ...fileDocument(head), folderPath: folder.path }) ? [{ kind: 'file', file }] : [];
  });
}
