import type { Caller } from '../../kernel/caller.ts';
import { changedRevision, replaceHead } from '../files/file-steps.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { FileHead, GoneObject } from '../store/records.ts';

/**
 * Whether the object of the current version was found missing.
 * @returns when, ISO 8601
 */
export const goneSince = (gone: GoneObject | undefined, objectKey: string): string | undefined =>
  gone?.objectKey === objectKey ? gone.since : undefined;

/**
 * Notes at a file that the object of its version is not at its origin, or is there again. What is made of the file stays as it is:
 * its entry does not change.
 * @param objectKey of the version that was looked at; another one may be the current one by now
 */
export async function noteGone(
  deps: ChangeDeps,
  caller: Caller,
  { assetId, objectKey }: Pick<FileHead, 'assetId' | 'objectKey'>,
  isGone: boolean,
): Promise<void> {
  await decideAndCommit(deps, caller, async (now): Promise<Decision<void> | NoChange<void>> => {
    const head = await deps.store.head(assetId);
    if (head?.state !== 'live' || head.objectKey !== objectKey) return { unchanged: undefined };
    const before = goneSince(head.gone, objectKey);
    if ((before !== undefined) === isGone) return { unchanged: undefined };
    const { gone: _, ...kept } = head;
    const next: FileHead = {
      ...kept,
      ...(isGone && { gone: { objectKey, since: now } }),
      revision: head.revision + 1,
      changedRevision: changedRevision(head),
    };
    return {
      steps: [replaceHead(head, next)],
      action: 'file.updated',
      object: { kind: 'file', id: assetId },
      before: { goneAtOriginSince: before ?? null },
      after: { goneAtOriginSince: isGone ? now : null },
      result: undefined,
    };
  });
}
