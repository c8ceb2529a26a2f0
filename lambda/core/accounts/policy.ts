import type { Bounds, Caller, Grant } from '../kernel/caller.ts';
import { problem } from '../kernel/problems.ts';
import type { Permission } from './permissions.ts';

/** Folders in which a caller has a permission; they and all below. */
export type FolderScope = 'everywhere' | ReadonlySet<string>;

/** The folder ids from the root to where a resource lies. What lies in no folder has no chain. */
export type FolderChain = readonly string[];

/** Where a resource is: in a folder, or with a URL endpoint, which it is or belongs to. What is neither has no place. */
export type Place = FolderChain | { readonly endpointId: string };

/** Why a caller may do something: the first grant that says so. Why not: `no-grant` names the permission at all, or only `elsewhere`. */
export type PolicyDecision =
  | { readonly allowed: true; readonly rule: Grant }
  | { readonly allowed: false; readonly reason: 'no-grant' | 'elsewhere' };

/**
 * The policy, all of it: a caller may do what one of their grants allows, in the folders that it is bound to and below, and with the
 * endpoints that it is bound to. Folders are compared by id, so `/ab` is not below `/a`, and a folder that is moved takes its rights
 * with it.
 * @param place of the resource; undefined for one that has none, which a bound grant never covers
 */
export function decide({ grants }: Caller, permission: Permission, place?: Place): PolicyDecision {
  const holding = grants.filter(({ permissions }) => permissions.includes(permission));
  const rule = holding.find((grant) => isUnbound(grant) || (place !== undefined && holdsAt(grant, place)));
  if (rule) return { allowed: true, rule };
  return { allowed: false, reason: holding.length > 0 ? 'elsewhere' : 'no-grant' };
}

/** Whether a grant holds everywhere. */
export const isUnbound = ({ folderIds, endpointIds }: Bounds): boolean =>
  folderIds === undefined && endpointIds === undefined;

/** The bounds of what has more than them. */
export const boundsOf = ({ folderIds, endpointIds }: Bounds): Bounds => ({
  ...(folderIds && { folderIds }),
  ...(endpointIds && { endpointIds }),
});

function holdsAt({ folderIds, endpointIds }: Bounds, place: Place): boolean {
  if ('endpointId' in place) return endpointIds?.includes(place.endpointId) ?? false;
  return folderIds !== undefined && place.some((folderId) => folderIds.includes(folderId));
}

export const isAllowed = (caller: Caller, permission: Permission, place?: Place): boolean =>
  decide(caller, permission, place).allowed;

/** Where a caller has a permission. `decide` allows it in exactly the folders that it covers. */
export const scopeOf = (caller: Caller, permission: Permission): FolderScope =>
  boundTo(caller, permission, 'folderIds');

function boundTo({ grants }: Caller, permission: Permission, bound: keyof Bounds): 'everywhere' | ReadonlySet<string> {
  const holding = grants.filter(({ permissions }) => permissions.includes(permission));
  if (holding.some(isUnbound)) return 'everywhere';
  return new Set(holding.flatMap((grant) => grant[bound] ?? []));
}

/** The part of a caller's grants that gives these permissions, within the same bounds, for work that goes on without them. */
export const grantsFor = ({ grants }: Caller, permissions: readonly Permission[]): readonly Grant[] =>
  grants.flatMap((grant) => {
    const held = permissions.filter((one) => grant.permissions.includes(one));
    return held.length === 0 ? [] : [{ ...grant, permissions: held }];
  });

/** Whether a caller has a permission wherever a grant with these bounds has it. */
export function covers(caller: Caller, permission: Permission, bounds: Bounds): boolean {
  if (isUnbound(bounds)) return isAllowed(caller, permission);
  return (['folderIds', 'endpointIds'] as const).every((bound) => {
    const scope = boundTo(caller, permission, bound);
    return scope === 'everywhere' || (bounds[bound] ?? []).every((id) => scope.has(id));
  });
}

/** Whether a resource may be seen at all; what may not is told to be missing. */
export const isVisible = (caller: Caller, chain: FolderChain): boolean => isAllowed(caller, 'files.read', chain);

/**
 * Whether a caller has a permission in some folder, or with some endpoint, at least. What then runs asks for it where it is about.
 * @throws Problem permission.missing
 */
export function requireSomewhere(caller: Caller, permission: Permission, bound: keyof Bounds = 'folderIds'): void {
  const scope = boundTo(caller, permission, bound);
  if (scope !== 'everywhere' && scope.size === 0) throw lacking(permission);
}

/** @throws Problem permission.missing */
export function requirePermission(caller: Caller, permission: Permission, place?: Place): void {
  if (isAllowed(caller, permission, place)) return;
  throw lacking(permission, place && ('endpointId' in place ? ' with this URL endpoint' : ' in this folder'));
}

const lacking = (permission: Permission, where = '') =>
  problem('permission.missing', `This key lacks the permission ${permission}${where}.`);
