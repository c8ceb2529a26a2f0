import { isTakenDown } from '../takedown.ts';
import { toEntry } from './file-steps.ts';
import type { LibraryFile } from './library-file.ts';

/** Who can get a file by its URL: `everyone`, those with a `signed-url`, `nobody` while it is a draft or taken down. */
export type ReachableBy = 'everyone' | 'signed-url' | 'nobody';

/** @param now milliseconds since 1970 */
export function reachableBy({ head, folder }: Pick<LibraryFile, 'head' | 'folder'>, now: number): ReachableBy {
  if (!head.isPublished || isTakenDown(toEntry(head), now)) return 'nobody';
  return head.isPrivate || folder.isPrivate ? 'signed-url' : 'everyone';
}
