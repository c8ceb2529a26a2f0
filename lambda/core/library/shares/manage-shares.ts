import { LIMITS } from '../../../contract/limits.ts';
import type { FolderChain } from '../../accounts/policy.ts';
import { grantsFor, isAllowed, isVisible, requirePermission } from '../../accounts/policy.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { LibraryFile } from '../files/library-file.ts';
import type { Share, ShareAccess } from './share.ts';
import { hashPassword, linkText } from './share-secret.ts';
import type { ShareChange, ShareStore } from './share-store.ts';

export interface ManageSharesDeps {
  readonly shares: ShareStore;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly randomBytes: (count: number) => Buffer;
  readonly makeEvent: MakeEvent;
}

export interface NewShare {
  readonly name: string;
  readonly files: readonly LibraryFile[];
  readonly forms: readonly string[];
  readonly password?: string | undefined;
  /** For which it holds. */
  readonly seconds: number;
}

export interface MadeShare {
  readonly share: Share;
  /** What the link ends with; nobody can read it again. */
  readonly link: string;
}

/** What showing files to others takes, in the folder of each. */
const RIGHTS = ['files.read', 'folders.restrict'] as const;

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** @throws Problem permission.missing, selection.limit, input.invalid for none, share.limit or busy */
export async function createShare(deps: ManageSharesDeps, caller: Caller, input: NewShare): Promise<MadeShare> {
  const { name, files, forms, password, seconds } = input;
  requireShareable(caller, files);
  const expiresAt = new Date(deps.clock() + seconds * 1000).toISOString();
  const id = deps.hexId();
  const secret = deps.randomBytes(32).toString('base64url');
  const share: Share = {
    ...{ id, name, forms, expiresAt, digest: sha256Hex(secret), proofKey: deps.randomBytes(32).toString('hex') },
    ...(password !== undefined && { password: hashPassword(password, deps.randomBytes(16)) }),
    files: files.map(({ head, folder }) => ({ fileId: head.assetId, isPrivate: head.isPrivate || folder.isPrivate })),
    chains: distinct(files.map(({ folder }) => folder.chain)),
    caller: { kind: caller.kind, id: caller.id },
    grants: grantsFor(caller, RIGHTS),
    createdAt: new Date(deps.clock()).toISOString(),
  };
  const told = { name, forms, expiresAt, files: files.length, hasPassword: password !== undefined };
  await change(deps, (shares) => {
    if (shares.length >= LIMITS.shares) throw tooMany();
    return [{ put: share }, deps.makeEvent(caller, 'share.created', objectOf(id), { after: told })];
  });
  return { share, link: linkText({ id, secret }) };
}

/** Those that the caller could have made, oldest first. */
export async function listShares({ shares }: Pick<ManageSharesDeps, 'shares'>, caller: Caller): Promise<Share[]> {
  return (await shares.read()).shares.filter((share) => isSeen(caller, share) && mayManage(caller, share));
}

/** @throws Problem share.missing, or permission.missing for files that the caller may see and not share */
export async function getShare({ shares }: Pick<ManageSharesDeps, 'shares'>, caller: Caller, id: string) {
  return managed(caller, await shares.find(id));
}

/** Looks at a link, the newest first. @throws Problem as `getShare` */
export async function listShareAccesses(
  deps: Pick<ManageSharesDeps, 'shares'>,
  caller: Caller,
  id: string,
): Promise<readonly ShareAccess[]> {
  await getShare(deps, caller, id);
  return deps.shares.accesses(id, LIMITS.shareAccessesListed);
}

/** From then on the link leads to nothing. @throws Problem as `getShare`, or busy */
export async function revokeShare(deps: ManageSharesDeps, caller: Caller, id: string): Promise<void> {
  await change(deps, (shares) => {
    const share = managed(
      caller,
      shares.find((one) => one.id === id),
    );
    const { name, expiresAt } = share;
    return [{ remove: share }, deps.makeEvent(caller, 'share.revoked', objectOf(id), { before: { name, expiresAt } })];
  });
}

function requireShareable(caller: Caller, files: NewShare['files']): void {
  for (const { folder } of files) requirePermission(caller, 'folders.restrict', folder.chain);
  if (files.length === 0) throw problem('input.invalid', 'The selection has no file.');
  if (files.length > LIMITS.sharedFiles) {
    throw problem('selection.limit', `A link may show at most ${LIMITS.sharedFiles} files.`);
  }
}

const distinct = (chains: readonly FolderChain[]): FolderChain[] => [
  ...new Map(chains.map((chain) => [chain.join('/'), chain])).values(),
];

const isSeen = (caller: Caller, { chains }: Share): boolean => chains.every((chain) => isVisible(caller, chain));

const mayManage = (caller: Caller, { chains }: Share): boolean =>
  chains.every((chain) => isAllowed(caller, 'folders.restrict', chain));

function managed(caller: Caller, share: Share | undefined): Share {
  if (!share || !isSeen(caller, share)) throw problem('share.missing', 'No share link has this id.');
  for (const chain of share.chains) requirePermission(caller, 'folders.restrict', chain);
  return share;
}

type Decide = (shares: readonly Share[]) => readonly [ShareChange, AuditEvent];

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
async function change({ shares: store }: ManageSharesDeps, decide: Decide): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { shares, version } = await store.read();
    const [wanted, event] = decide(shares);
    if (await store.commit(wanted, version, event)) return;
  }
  throw problem('busy', 'The share links are changed by others all the time. Try again.');
}

const tooMany = () => problem('share.limit', `There may be at most ${LIMITS.shares} share links; revoke some.`);

const objectOf = (id: string) => ({ kind: 'share', id });
