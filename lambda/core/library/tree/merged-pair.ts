import { problem } from '../../kernel/problems.ts';
import type { ChangeStep } from '../store/change.ts';
import type { LibraryStore } from '../store/library-store.ts';
import { locateFolder } from './find-folder.ts';
import type { Folder } from './folder.ts';
import { pathIn } from './folder.ts';

type PairReads = Pick<LibraryStore, 'stamp' | 'folderNode'>;

/** A folder that goes into another, as both are at one moment. */
export interface FoundPair {
  readonly source: Folder;
  readonly target: Folder;
  /** The source is private itself, or one of those above it that go into another, too. */
  readonly isPrivate: boolean;
  /** Hold while that is so: a folder that is made private meanwhile keeps private what leaves it. */
  readonly whilePrivateAsFound: readonly ChangeStep[];
}

/** Which folders are meant. */
export interface PairIds {
  readonly sourceId: string;
  readonly targetId: string;
  /** Of the source when the work on it began. */
  readonly path: string;
  /** The source is out of sight by now, so it is not looked up. */
  readonly isHidden?: boolean;
}

/** Tries to find both in a tree that does not change meanwhile. */
const TRIES = 10;

/** A folder that goes into another, whatever becomes of both meanwhile. What was found is remembered while the tree stands. */
export class MergedPair {
  readonly sourceId: string;
  /** Of the source when the work on it began. */
  readonly path: string;
  /** The source is out of sight, and so is what is left in it. */
  readonly isHidden: boolean;
  readonly #reads: PairReads;
  readonly #ids: PairIds;
  readonly #above: MergedPair | undefined;
  #found: { readonly stamp: number; readonly pair: FoundPair | undefined } | undefined;

  /** @param above the pair that both lie in, when they are met on the way */
  constructor(reads: PairReads, ids: PairIds, above?: MergedPair) {
    this.sourceId = ids.sourceId;
    this.path = ids.path;
    this.isHidden = ids.isHidden === true;
    this.#reads = reads;
    this.#ids = ids;
    this.#above = above;
  }

  /**
   * @returns undefined when one of them is gone, lies in the other by now, or was moved out of the folder that it was met in
   * @throws Problem busy
   */
  async now(): Promise<FoundPair | undefined> {
    for (let tried = 0; tried < TRIES; tried++) {
      const stamp = await this.#reads.stamp();
      if (this.#found?.stamp === stamp) return this.#found.pair;
      this.#found = { stamp, pair: await this.#find() };
    }
    throw problem('busy', 'Folders are being moved by too many calls at once; try again.');
  }

  /** Two folders of the same name in them. */
  below(ids: Pick<PairIds, 'sourceId' | 'targetId'>, name: string): MergedPair {
    return new MergedPair(this.#reads, { ...this.#ids, ...ids, path: pathIn(this, name) }, this);
  }

  async #find(): Promise<FoundPair | undefined> {
    const { sourceId, targetId, path, isHidden } = this.#ids;
    const [node, target, live, above] = await Promise.all([
      this.#reads.folderNode(sourceId),
      locateFolder(this.#reads, targetId),
      isHidden ? undefined : locateFolder(this.#reads, sourceId),
      this.#above?.now(),
    ]);
    if (!node || !target) return undefined;
    if (this.#above && (node.parentId !== above?.source.folderId || target.chain.at(-2) !== above.target.folderId)) {
      return undefined;
    }
    const source = isHidden ? { ...target, folderId: sourceId, path, chain: [sourceId] } : live;
    if (!source || source.chain.includes(targetId) || target.chain.includes(sourceId)) return undefined;
    const check: ChangeStep = { check: 'folderNode', key: { folderId: sourceId }, was: { revision: node.revision } };
    return {
      ...{ source, target, isPrivate: above?.isPrivate === true || node.isPrivate },
      whilePrivateAsFound: [...(above?.whilePrivateAsFound ?? []), check],
    };
  }
}
