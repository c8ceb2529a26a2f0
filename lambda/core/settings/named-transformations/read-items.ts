import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { readCanonicalUrl } from '../../request/read-canonical-url.ts';

/** What a URL's path cannot hold as it is, and what would end a path segment. */
const ESCAPED = /(?:[^\x21-\x7e]|[/?#\\])+/g;

/**
 * Reads a written transformation, `w-300,h-200:rt-90`, into steps of items, as in a URL: escapes are undone once.
 * @throws Problem name.invalid
 */
export function readItems(transformation: string): string[][] {
  const escaped = transformation.trim().replace(ESCAPED, (part) => encodeURIComponent(part.toWellFormed()));
  const url = readCanonicalUrl(`/${escaped.startsWith('tr:') ? '' : 'tr:'}${escaped}/x`, '', LIMITS.urlBytes);
  if (url.fault !== undefined) throw problem('name.invalid', `transformation is not valid: ${url.message}`);
  return url.original ? [['orig-true']] : url.steps;
}
