import type { Report } from '../kernel/report.ts';
import { haveSameTerms } from './search/update-index.ts';
import type { ChangeNote } from './store/change-note.ts';
import type { PendingEffects } from './store/library-store.ts';
import type { FileHead } from './store/records.ts';

/** What the table's stream tells: perhaps late, twice, or after what happened later. */
export type FollowedChange =
  /** A file came, changed or went. */
  | { readonly kind: 'head'; readonly assetId: string; readonly before?: FileHead; readonly after?: FileHead }
  /** A change was committed, and this is the note of what follows from it. */
  | { readonly kind: 'note'; readonly note: ChangeNote };

export interface FollowDeps {
  /** Brings the search index to what a file is now. */
  readonly indexFile: (assetId: string) => Promise<void>;
  /** Leaves effects to the minute's run. */
  readonly leaveEffects: (pending: PendingEffects) => Promise<void>;
  readonly settleAll: (notes: readonly PendingEffects[]) => Promise<void>;
  readonly clock: () => number;
  readonly hexId: () => string;
  readonly report: Report;
}

/** Files that are indexed at the same time. */
const AT_ONCE = 16;

/**
 * Does what follows from changes of the library, out of the call that made them. A file whose words did not change asks for
 * nothing. One that cannot be indexed stops no other: it is left to the minute's run.
 * @returns ids of files that could not even be left; doing all of it again does no harm
 */
export async function followChanges(deps: FollowDeps, changes: readonly FollowedChange[]): Promise<string[]> {
  const ids = changes.flatMap((one) => (one.kind === 'head' && hasNewTerms(one) ? [one.assetId] : []));
  const waiting = [...new Set(ids)];
  const undone: string[] = [];
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (!(await indexOrLeave(deps, id))) undone.push(id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  // Whoever made a change settles the note of what it had to do; one of nothing is nobody's.
  const idle = changes.flatMap((one) => (one.kind === 'note' && one.note.effects.length === 0 ? [one.note] : []));
  if (idle.length > 0) await deps.settleAll(unique(idle));
  return undone;
}

/** The words are those of the two images, not of what the file is by now: a later change is a record of its own. */
const hasNewTerms = ({ before, after }: { readonly before?: FileHead; readonly after?: FileHead }): boolean =>
  !haveSameTerms(before, after);

async function indexOrLeave(deps: FollowDeps, assetId: string): Promise<boolean> {
  try {
    await deps.indexFile(assetId);
    return true;
  } catch (error) {
    deps.report('effects-failed', error);
  }
  const at = new Date(deps.clock()).toISOString();
  try {
    await deps.leaveEffects({ eventId: deps.hexId(), at, effects: [{ effect: 'index-file', assetId }] });
    return true;
  } catch (error) {
    deps.report('effects-failed', error);
    return false;
  }
}

/** A batch may hold a record twice, and one request may not. */
const unique = (notes: readonly PendingEffects[]): PendingEffects[] => [
  ...new Map(notes.map((note) => [note.eventId, note])).values(),
];
