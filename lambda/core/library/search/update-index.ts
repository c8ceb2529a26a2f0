import type { LibraryStore } from '../store/library-store.ts';
import type { FileHead } from '../store/records.ts';
import type { IndexTerm } from './index-terms.ts';
import { termsOf } from './index-terms.ts';
import { fileDocument } from './search-document.ts';

/** What the index says of a file. */
export interface IndexedFile {
  readonly assetId: string;
  /** Grows with every write; a write holds only if nobody else wrote since. */
  readonly revision: number;
  readonly terms: readonly IndexTerm[];
}

/** The part of the index that leads from terms to files. */
export interface TermStore {
  indexed(assetId: string): Promise<IndexedFile | undefined>;
  addTerms(assetId: string, terms: readonly IndexTerm[]): Promise<void>;
  removeTerms(assetId: string, terms: readonly IndexTerm[]): Promise<void>;
  /** @param revision that the record had; undefined when there was none @returns false when it is another one by now */
  saveIndexed(file: IndexedFile, revision: number | undefined): Promise<boolean>;
  /** The same for a file that is gone. */
  forgetIndexed(assetId: string, revision: number): Promise<boolean>;
}

/** Rounds of one update: each lets one rival through. */
const ROUNDS = 20;

/**
 * Brings the index to what a file is now. It reads the file instead of believing who called, and writes only what differs, so
 * it may be called twice, late and out of order, and by several at once: whoever was overtaken writes again what it touched. Who
 * saved looks at the file once more: somebody who knew it newer may have found nothing to write.
 * @throws when others were always faster
 */
export async function updateIndex(
  { store, terms: index }: { readonly store: Pick<LibraryStore, 'head'>; readonly terms: TermStore },
  assetId: string,
): Promise<void> {
  const touched = new Map<string, IndexTerm>();
  for (let round = 0; round < ROUNDS; round++) {
    const [head, indexed] = await Promise.all([store.head(assetId), index.indexed(assetId)]);
    const wanted = byKey(termsOfHead(head));
    const present = byKey(indexed?.terms ?? []);
    const doubtful = new Map([...present, ...touched]);
    const added = [...wanted].filter(([key]) => !present.has(key) || touched.has(key));
    const removed = [...doubtful].filter(([key]) => !wanted.has(key));
    if (added.length === 0 && removed.length === 0) return;
    for (const [key, term] of [...added, ...removed]) touched.set(key, term);
    await index.addTerms(
      assetId,
      added.map(([, term]) => term),
    );
    await index.removeTerms(
      assetId,
      removed.map(([, term]) => term),
    );
    if (!(await save(index, assetId, [...wanted.values()], indexed))) continue;
    if (haveSameTerms(await store.head(assetId), head)) return;
    touched.clear();
  }
  throw new Error('The index of a file is being changed by too many at once.');
}

/** A file is found while it is live. */
const termsOfHead = (head: FileHead | undefined): IndexTerm[] =>
  head?.state === 'live' ? termsOf(fileDocument(head)) : [];

/** Whether the index says the same of both; undefined for a file that is not there. */
export function haveSameTerms(before: FileHead | undefined, after: FileHead | undefined): boolean {
  const [was, is] = [byKey(termsOfHead(before)), byKey(termsOfHead(after))];
  return was.size === is.size && [...was.keys()].every((key) => is.has(key));
}

function save(index: TermStore, assetId: string, terms: readonly IndexTerm[], indexed: IndexedFile | undefined) {
  if (terms.length > 0) {
    return index.saveIndexed({ assetId, revision: (indexed?.revision ?? 0) + 1, terms }, indexed?.revision);
  }
  return indexed ? index.forgetIndexed(assetId, indexed.revision) : Promise.resolve(true);
}

const byKey = (terms: readonly IndexTerm[]): Map<string, IndexTerm> =>
  new Map(terms.map((term) => [`${term.word}#${term.list}`, term]));
