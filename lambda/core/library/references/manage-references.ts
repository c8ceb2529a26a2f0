import { createHash } from 'node:crypto';
import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { changedRevision, replaceFile } from '../files/file-steps.ts';
import { fileById } from '../files/library-file.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { FileReference } from '../store/file-reference.ts';
import type { FileHead } from '../store/records.ts';
import { referencesOf } from './references-of.ts';

export interface AddReferenceInput {
  readonly fileId: string;
  readonly url: string;
  readonly label: string;
}

/**
 * Notes that another system shows a file. One URL is one reference: told again, it gets the new label.
 * @throws Problem file.missing, reference.limit or permission.missing
 */
export async function addReference(
  deps: ChangeDeps,
  caller: Caller,
  { fileId, url, label }: AddReferenceInput,
): Promise<FileReference> {
  const referenceId = idOf(url);
  return decideAndCommit(deps, caller, async (now): Promise<Decision<FileReference> | NoChange<FileReference>> => {
    const { head } = await fileById(deps.store, caller, 'files.update', fileId);
    const known = (await referencesOf(deps.store, head)).find((one) => one.referenceId === referenceId);
    if (known?.label === label) return { unchanged: known };
    const reference = known
      ? { ...known, label }
      : { historyId: newestHistory(head), referenceId, url, label, createdAt: now, createdBy: caller.id };
    return {
      steps: known
        ? [{ replace: 'reference', record: reference, was: {} }]
        : [{ create: 'reference', record: reference }, ...counted(head, 1)],
      action: 'file.referenced',
      object: { kind: 'file', id: fileId },
      ...(known && { before: { referenceId, label: known.label } }),
      after: { referenceId, label },
      result: reference,
    };
  });
}

/** @throws Problem file.missing, reference.missing or permission.missing */
export async function removeReference(
  deps: ChangeDeps,
  caller: Caller,
  { fileId, referenceId }: { readonly fileId: string; readonly referenceId: string },
): Promise<void> {
  return decideAndCommit(deps, caller, async (): Promise<Decision<void>> => {
    const { head } = await fileById(deps.store, caller, 'files.update', fileId);
    const found = (await referencesOf(deps.store, head)).filter((one) => one.referenceId === referenceId);
    const [first] = found;
    if (!first) throw problem('reference.missing', 'The file has no such reference.');
    return {
      steps: [
        // Two, where a file was moved onto another and the page showed both.
        ...found.map(({ historyId }) => ({
          remove: 'reference' as const,
          key: { historyId, referenceId },
          was: {},
        })),
        ...counted(head, -found.length),
      ],
      action: 'file.reference-removed',
      object: { kind: 'file', id: fileId },
      before: { referenceId, label: first.label },
      result: undefined,
    };
  });
}

/** The file with so many references more. Nobody changed the file itself: its entity tag stays, and who changed it last. */
function counted(head: FileHead, more: number) {
  const { referenceCount = 0, ...others } = head;
  const count = referenceCount + more;
  if (more > 0 && count > LIMITS.fileReferences) {
    throw problem('reference.limit', `A file may have at most ${LIMITS.fileReferences} references.`);
  }
  const noted = { revision: head.revision + 1, changedRevision: changedRevision(head) };
  const next = { ...others, ...noted, ...(count > 0 && { referenceCount: count }) };
  return replaceFile(head, next);
}

function newestHistory({ histories }: FileHead): string {
  const newest = histories.at(-1);
  if (!newest) throw new Error('A file has no history.');
  return newest.id;
}

const idOf = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 24);
