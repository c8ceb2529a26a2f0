import { problem } from '../../kernel/problems.ts';
import type { FileHead } from '../store/records.ts';

/** The entity tag of a file's details (RFC 9110, section 8.8.3); it changes with every change of the file. */
export const entityTag = ({ revision }: Pick<FileHead, 'revision'>): string => `"${revision}"`;

/**
 * @param ifMatch value of the header `If-Match`: entity tags, or `*` for any
 * @throws Problem file.changed
 */
export function requireMatch(head: Pick<FileHead, 'revision'>, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.includes(entityTag(head))) return;
  throw problem('file.changed', `The file has changed since; its entity tag is ${entityTag(head)} now.`);
}
