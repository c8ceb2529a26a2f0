import { problem } from '../../kernel/problems.ts';
import type { FileHead } from '../store/records.ts';
import { changedRevision } from './file-steps.ts';

type Revisions = Pick<FileHead, 'revision' | 'changedRevision'>;

/**
 * The entity tag of a file's details (RFC 9110, section 8.8.3). It changes with every change that somebody makes of the file, and
 * not when what its bytes show is noted: that is no reason to refuse a change.
 */
export const entityTag = (head: Revisions): string => `"${changedRevision(head)}"`;

/**
 * @param ifMatch value of the header `If-Match`: entity tags, or `*` for any
 * @throws Problem file.changed
 */
export function requireMatch(head: Revisions, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.includes(entityTag(head))) return;
  throw problem('file.changed', `The file has changed since; its entity tag is ${entityTag(head)} now.`);
}

/**
 * For an upload, whose path may have no file: a condition is not met then (RFC 9110, section 13.1.1).
 * @throws Problem file.changed
 */
export function requireMatchAt(path: string, head: Revisions | undefined, ifMatch: string | undefined): void {
  if (head) requireMatch(head, ifMatch);
  else if (ifMatch !== undefined) throw problem('file.changed', `"${path}" is no file, so it has no entity tag.`);
}
