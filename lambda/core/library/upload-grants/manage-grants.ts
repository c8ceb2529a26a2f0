import { scopeOf } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import { sanitiseFolder } from '../asset-path.ts';
import type { Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { UploadGrant } from '../store/upload-grant-record.ts';
import { requireInFolder } from '../tree/ensure-folder.ts';
import type { LargeUploadDeps } from '../uploads/large-upload.ts';
import { digestOfGrant, grantText } from './grant-text.ts';

export interface UploadGrantDeps extends LargeUploadDeps {
  /** 32 bytes that nobody can guess. */
  readonly secretBytes: () => Uint8Array;
}

export interface NewGrant {
  readonly folder: string;
  readonly maximumBytes: number;
  readonly contentTypes?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly isPrivateFile?: boolean | undefined;
  /** Files. */
  readonly count: number;
  readonly seconds: number;
}

/** A grant with its text, which is given back once and kept nowhere. */
export interface MadeGrant {
  readonly grant: UploadGrant;
  readonly text: string;
}

/**
 * Makes a grant. Whoever makes it must have the right to upload into its folder.
 * @throws Problem permission.missing, upload.invalid-parameter
 */
export async function createGrant(deps: UploadGrantDeps, caller: Caller, asked: NewGrant): Promise<MadeGrant> {
  const folder = sanitiseFolder(asked.folder);
  await requireInFolder(deps.store, caller, 'files.upload', folder);
  const grantId = deps.hexId();
  const text = grantText(grantId, deps.secretBytes());
  const { maximumBytes, contentTypes, tags, isPrivateFile, count, seconds } = asked;
  const { kind, id } = caller;
  const scope = scopeOf(caller, 'files.upload');
  return decideAndCommit(deps, caller, async (now): Promise<Decision<MadeGrant>> => {
    const grant: UploadGrant = {
      ...{ grantId, digest: digestOfGrant(text), folder, maximumBytes, filesLeft: count },
      ...(scope !== 'everywhere' && { folderIds: [...scope] }),
      ...(contentTypes && { contentTypes }),
      ...(tags && { tags }),
      ...(isPrivateFile !== undefined && { isPrivate: isPrivateFile }),
      grantedBy: { kind, id },
      createdAt: now,
      expiresAt: Math.floor(Date.parse(now) / 1000) + seconds,
    };
    return {
      steps: [{ create: 'uploadGrant', record: grant }],
      action: 'upload-grant.created',
      object: { kind: 'upload-grant', id: grantId },
      after: told(grant),
      result: { grant, text },
    };
  });
}

/** Ends a grant at once; what was begun with it cannot be completed. @throws Problem upload-grant.unknown */
export async function revokeGrant(deps: UploadGrantDeps, caller: Caller, grantId: string): Promise<void> {
  await decideAndCommit(deps, caller, async (): Promise<Decision<void>> => {
    const grant = await deps.store.uploadGrant(grantId);
    if (!grant) throw unknownGrant();
    try {
      await requireInFolder(deps.store, caller, 'files.upload', grant.folder);
    } catch (cause) {
      // Who may not upload there does not learn that there is one.
      throw unknownGrant(cause);
    }
    return {
      steps: [{ remove: 'uploadGrant', key: { grantId }, was: {} }],
      action: 'upload-grant.revoked',
      object: { kind: 'upload-grant', id: grantId },
      before: told(grant),
      result: undefined,
    };
  });
}

/** What events tell of a grant: everything but the digest by which it is found. */
function told({ digest: _, ...grant }: UploadGrant) {
  return { ...grant };
}

export const unknownGrant = (cause?: unknown): Problem =>
  problem('upload-grant.unknown', 'There is no such upload grant: it has ended, or was revoked.', { cause });
