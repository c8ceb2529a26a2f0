import type { Permission } from '../../accounts/permissions.ts';
import { isVisible, requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { TreeReads } from './find-folder.ts';
import { findFolder } from './find-folder.ts';
import type { Folder } from './folder.ts';

/**
 * A folder that a caller may see and do something with.
 * @throws Problem folder.missing for one that they may not see, permission.missing for what they may not do in it
 */
export async function folderByPath(
  reads: TreeReads,
  caller: Caller,
  permission: Permission,
  path: string,
): Promise<Folder> {
  const folder = await findFolder(reads, path);
  if (!folder || !isVisible(caller, folder.chain)) throw problem('folder.missing', `There is no folder "${path}".`);
  requirePermission(caller, permission, folder.chain);
  return folder;
}
