import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { nextRevision, replaceFile } from '../../library/files/file-steps.ts';
import type { LibraryFile } from '../../library/files/library-file.ts';
import { fileById } from '../../library/files/library-file.ts';
import type { ChangeDeps } from '../../library/store/decide-and-commit.ts';
import { decideAndCommit } from '../../library/store/decide-and-commit.ts';
import type { FileHead } from '../../library/store/records.ts';
import type { Takedown } from '../../library/takedown.ts';
import { DEFAULT_AUTHOR } from '../rules/rule-draft.ts';
import type { TakedownRecord, TakedownStore } from './takedown.ts';

export interface TakeDownDeps extends ChangeDeps {
  readonly takedowns: TakedownStore;
}

/** A takedown as a caller asks for it. */
export interface TakedownInput {
  readonly reason: string;
  readonly reference?: string | undefined;
  /** @default the holder of the private key */
  readonly author?: string | undefined;
  /** ISO 8601 with milliseconds and Z; without it the takedown lasts. */
  readonly until?: string | null | undefined;
}

/**
 * Takes a file down: it is listed for the edge, its head gets a new revision, so that renders in flight are dropped, and
 * what was made from it is purged before this returns. Doing it again replaces reason and end.
 * @throws file.missing, rule.invalid, rule.limit or busy
 */
export async function takeDown(
  deps: TakeDownDeps,
  caller: Caller,
  assetId: string,
  input: TakedownInput,
): Promise<TakedownRecord> {
  const takedown = toTakedown(input, deps.clock());
  const { path } = await fileById(deps.store, caller, 'takedowns.write', assetId);
  const record = { ...takedown, assetId, path };
  if (!(await deps.takedowns.find(assetId)) && (await deps.takedowns.list()).length >= LIMITS.takedowns) {
    throw problem('rule.limit', `There may be at most ${LIMITS.takedowns} takedowns; lift some that have ended.`);
  }
  const event = deps.makeEvent(caller, 'file.taken-down', { kind: 'file', id: assetId }, { after: { ...record } });
  await deps.takedowns.commit({ put: record }, event);
  await changeHead(deps, caller, assetId, (head) => ({ ...head, takedown }));
  return record;
}

/** Ends a takedown: the head first, the edge's list after it, so that a failure between them leaves the file down. */
export async function liftTakedown(deps: TakeDownDeps, caller: Caller, assetId: string): Promise<void> {
  const before = { ...(await getTakedown(deps, assetId)) };
  await changeHead(deps, caller, assetId, ({ takedown: _, ...head }) => head);
  const event = deps.makeEvent(caller, 'file.takedown-lifted', { kind: 'file', id: assetId }, { before });
  await deps.takedowns.commit({ remove: assetId }, event);
}

/** @throws takedown.not-found */
export async function getTakedown(
  { takedowns }: Pick<TakeDownDeps, 'takedowns'>,
  assetId: string,
): Promise<TakedownRecord> {
  const record = await takedowns.find(assetId);
  if (!record) throw problem('takedown.not-found', 'The file is not taken down.');
  return record;
}

function toTakedown({ reason, reference, author, until }: TakedownInput, now: number): Takedown {
  if (until && Date.parse(until) <= now) throw problem('rule.invalid', 'until must be in the future.');
  return {
    reason,
    author: author ?? DEFAULT_AUTHOR,
    since: new Date(now).toISOString(),
    ...(reference !== undefined && { reference }),
    ...(until && { until }),
  };
}

/** What was made from the file is purged before this returns, or by the minute's run. */
async function changeHead(
  deps: TakeDownDeps,
  caller: Caller,
  assetId: string,
  change: (head: FileHead) => FileHead,
): Promise<LibraryFile> {
  return decideAndCommit(deps, caller, async (now) => {
    const file = await fileById(deps.store, caller, 'takedowns.write', assetId);
    const head = nextRevision(change(file.head), caller, now);
    return {
      steps: replaceFile(file.head, head),
      effects: [{ effect: 'purge-path', path: file.path }],
      action: head.takedown ? 'file.taken-down' : 'file.takedown-lifted',
      object: { kind: 'file', id: assetId },
      ...(head.takedown
        ? { before: file.head.takedown && { takedown: file.head.takedown }, after: { takedown: head.takedown } }
        : { before: { takedown: file.head.takedown ?? null } }),
      result: { ...file, head },
    };
  });
}
