import type { Caller, Grant } from '../kernel/caller.ts';
import { problem } from '../kernel/problems.ts';
import type { Permission } from './permissions.ts';

/** Folders in which a caller has a permission; they and all below. */
export type FolderScope = 'everywhere' | ReadonlySet<string>;

/** The folder ids from the root to where a resource lies. What lies in no folder has no chain. */
export type FolderChain = readonly string[];

/** Why a caller may do something: the first grant that says so. Why not: `no-grant` names the permission at all, or only in `other-folders`. */
export type PolicyDecision =
  | { readonly allowed: true; readonly rule: Grant }
  | { readonly allowed: false; readonly reason: 'no-grant' | 'other-folders' };

/**
 * The policy, all of it: a caller may do what one of their grants allows, in the folders that it is bound to and below.
 * Folders are compared by id, so `/ab` is not below `/a`, and a folder that is moved takes its rights with it.
 * @param chain of the resource; undefined for one that belongs to no folder, which a grant bound to folders never covers
 */
export function decide({ grants }: Caller, permission: Permission, chain?: FolderChain): PolicyDecision {
  const holding = grants.filter(({ permissions }) => permissions.includes(permission));
  const rule = holding.find(
    ({ folderIds }) => folderIds === undefined || chain?.some((folderId) => folderIds.includes(folderId)),
  );
  if (rule) return { allowed: true, rule };
  return { allowed: false, reason: holding.length > 0 ? 'other-folders' : 'no-grant' };
}

export const isAllowed = (caller: Caller, permission: Permission, chain?: FolderChain): boolean =>
  decide(caller, permission, chain).allowed;

/** Where a caller has a permission. `decide` allows it in exactly the folders that it covers. */
export function scopeOf({ grants }: Caller, permission: Permission): FolderScope {
  const holding = grants.filter(({ permissions }) => permissions.includes(permission));
  if (holding.some(({ folderIds }) => folderIds === undefined)) return 'everywhere';
  return new Set(holding.flatMap(({ folderIds = [] }) => folderIds));
}

/** Whether a caller has a permission wherever a grant with these folders has it. */
export function covers(caller: Caller, permission: Permission, folderIds: readonly string[] | undefined): boolean {
  const scope = scopeOf(caller, permission);
  return scope === 'everywhere' || (folderIds?.every((id) => scope.has(id)) ?? false);
}

/** Whether a resource may be seen at all; what may not is told to be missing. */
export const isVisible = (caller: Caller, chain: FolderChain): boolean => isAllowed(caller, 'files.read', chain);

/**
 * Whether a caller has a permission in some folder at least. What then runs asks for it in the folder that it is about.
 * @throws Problem permission.missing
 */
export function requireSomewhere(caller: Caller, permission: Permission): void {
  const scope = scopeOf(caller, permission);
  if (scope !== 'everywhere' && scope.size === 0) throw lacking(permission);
}

/** @throws Problem permission.missing */
export function requirePermission(caller: Caller, permission: Permission, chain?: FolderChain): void {
  if (isAllowed(caller, permission, chain)) return;
  throw lacking(permission, chain ? ' in this folder' : '');
}

const lacking = (permission: Permission, where = '') =>
  problem('permission.missing', `This key lacks the permission ${permission}${where}.`);
