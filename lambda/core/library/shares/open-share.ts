import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { fileById } from '../files/library-file.ts';
import { reachableBy } from '../files/reachable-by.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { Share, ShareAccess, SharedFile } from './share.ts';
import { isPassword, isProof, isSecretOf, proofOf, readLink } from './share-secret.ts';
import type { ShareStore } from './share-store.ts';

export interface OpenShareDeps {
  readonly shares: ShareStore;
  readonly store: LibraryStore;
  readonly clock: Clock;
}

/** Seconds for which a browser need not be told the password again. */
const PROOF_SECONDS = 86_400;

/** Minutes in which tries of a password are counted. */
const WINDOW_MINUTES = 15;

/** A link that was opened: a password may still be wanted. */
export interface OpenShare {
  readonly share: Share;
  readonly isLocked: boolean;
}

/**
 * What a link leads to.
 * @param proof that the browser was told the password
 * @throws Problem share.missing for one that never was, has ended or was revoked
 */
export async function openShare(deps: OpenShareDeps, link: string, proof: string | undefined): Promise<OpenShare> {
  const parts = readLink(link);
  const share = parts && (await deps.shares.find(parts.id));
  const isOpen = share && isSecretOf(share, parts.secret) && Date.parse(share.expiresAt) > deps.clock();
  if (!isOpen) throw problem('share.missing', 'This link has ended, was revoked, or never was one.');
  return { share, isLocked: share.password !== undefined && !isProof(share, proof, seconds(deps)) };
}

/** What a browser shows from then on. */
export interface Unlocked {
  readonly proof: string;
  /** For which it holds. */
  readonly seconds: number;
}

/** @throws Problem share.password for a wrong one, share.tries after too many */
export async function unlockShare(deps: OpenShareDeps, share: Share, password: string): Promise<Unlocked> {
  const number = Math.floor(deps.clock() / (WINDOW_MINUTES * 60_000));
  const window = { number, endsAt: (number + 1) * WINDOW_MINUTES * 60 };
  // Counted before it is looked at, so that tries at once are no way around the limit.
  const tries = await deps.shares.countTry(share.id, window);
  if (tries > LIMITS.sharePasswordTries) {
    throw problem(
      'share.tries',
      `A password may be tried ${LIMITS.sharePasswordTries} times in ${WINDOW_MINUTES} minutes.`,
    );
  }
  if (!share.password || !isPassword(share.password, password)) {
    await note(deps, share, { kind: 'wrong-password' });
    throw problem('share.password', 'The password is wrong.');
  }
  await deps.shares.forgetTry(share.id, window);
  return { proof: proofOf(share, seconds(deps) + PROOF_SECONDS), seconds: PROOF_SECONDS };
}

/** The files of a link as they are now: what went, was hidden since, or may not be shown any more is not among them. */
export async function sharedFiles(deps: OpenShareDeps, share: Share): Promise<LibraryFile[]> {
  await note(deps, share, { kind: 'page' });
  const files = await Promise.all(share.files.map((shared) => shownFile(deps, share, shared)));
  return files.filter((file) => file !== undefined);
}

/**
 * One of them in a form that the link allows.
 * @param wanted without a form, for the small picture on the page, which is part of looking at that
 * @throws Problem share.missing
 */
export async function sharedFile(
  deps: OpenShareDeps,
  share: Share,
  { fileId, form }: { readonly fileId: string; readonly form?: string },
): Promise<LibraryFile> {
  const shared = share.files.find((one) => one.fileId === fileId);
  const isAllowed = form === undefined || share.forms.includes(form);
  const file = shared && isAllowed ? await shownFile(deps, share, shared) : undefined;
  if (!file) throw problem('share.missing', 'The link shows no such file in this form.');
  if (form !== undefined) await note(deps, share, { kind: 'file', fileId, form });
  return file;
}

async function shownFile(
  { store, clock }: OpenShareDeps,
  { caller: { kind, id }, grants }: Share,
  { fileId, isPrivate }: SharedFile,
): Promise<LibraryFile | undefined> {
  const sharer: Caller = { kind, id, grants };
  try {
    const file = await fileById(store, sharer, 'folders.restrict', fileId);
    const reach = reachableBy(file, clock());
    return reach === 'everyone' || (reach === 'signed-url' && isPrivate) ? file : undefined;
  } catch (error) {
    if (error instanceof Problem && ['file.missing', 'permission.missing'].includes(error.code)) return undefined;
    throw error;
  }
}

const note = ({ shares, clock }: OpenShareDeps, { id }: Share, what: Omit<ShareAccess, 'at'>): Promise<void> =>
  shares.recordAccess(id, { at: new Date(clock()).toISOString(), ...what });

const seconds = ({ clock }: OpenShareDeps): number => Math.floor(clock() / 1000);
