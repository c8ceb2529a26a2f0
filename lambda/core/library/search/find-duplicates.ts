import type { Caller } from '../../kernel/caller.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { pathIn } from '../tree/folder.ts';
import type { FindDocumentsDeps, FoundAsset } from './find-documents.ts';
import { findDocuments } from './find-documents.ts';
import { withinFolder } from './is-one-of.ts';

export interface FindDuplicatesInput {
  /** Folder in canonical form: that level only. @default the whole library */
  readonly path?: string | undefined;
  /** Sets of files. */
  readonly limit: number;
  readonly skip: number;
}

/** Files with the same bytes. */
export interface DuplicateSet {
  /** SHA-256 of the bytes, hexadecimal. */
  readonly checksum: string;
  /** Of one file, in bytes. */
  readonly size: number;
  /** How many files there are. */
  readonly count: number;
  /** From the oldest; at most `FILES_SHOWN`. */
  readonly files: readonly LibraryFile[];
}

export interface Duplicates {
  /** How many sets there are. */
  readonly total: number;
  readonly sets: readonly DuplicateSet[];
}

/** Files of one set that are listed; a search by the checksum lists them all. */
const FILES_SHOWN = 100;

/**
 * Files that have the same bytes, of what the caller may see, from the set that takes the most room needlessly. Earlier versions are
 * not compared. The set of a file that was changed a moment ago may have one file or none that still has the bytes.
 * @throws Problem search.limit or list.limit
 */
export async function findDuplicates(
  deps: FindDocumentsDeps,
  caller: Caller,
  { path, limit, skip }: FindDuplicatesInput,
): Promise<Duplicates> {
  const query = withinFolder({ kind: 'comparison', field: 'checksum', operator: 'EXISTS', values: [] }, path);
  const byChecksum = Map.groupBy(await findDocuments(deps, caller, query), ({ document }) => document.checksum ?? '');
  const sets = [...byChecksum].filter(([, found]) => found.length > 1);
  sets.sort(([one, a], [other, b]) => wastedBytes(b) - wastedBytes(a) || (one < other ? -1 : 1));
  const chosen = sets.slice(skip, skip + limit);
  return {
    total: sets.length,
    sets: await Promise.all(chosen.map(([checksum, found]) => toSet(deps, checksum, found))),
  };
}

const sizeOf = ([first]: readonly FoundAsset[]): number => first?.document.size ?? 0;

const wastedBytes = (found: readonly FoundAsset[]): number => (found.length - 1) * sizeOf(found);

async function toSet({ store }: FindDocumentsDeps, checksum: string, found: FoundAsset[]): Promise<DuplicateSet> {
  found.sort((one, other) => (one.document.createdAt < other.document.createdAt ? -1 : 1));
  const shown = found.slice(0, FILES_SHOWN);
  const heads = new Map((await store.heads(shown.map(({ document }) => document.id))).map((one) => [one.assetId, one]));
  const files = shown.flatMap(({ document, folder }): LibraryFile[] => {
    const head = heads.get(document.id);
    const isSame = head?.state === 'live' && head.folderId === folder.folderId && head.summary?.sha256 === checksum;
    return isSame ? [{ head, folder, path: pathIn(folder, head.name) }] : [];
  });
  return { checksum, size: sizeOf(found), count: found.length, files };
}
