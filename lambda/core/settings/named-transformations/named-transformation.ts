import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { readCanonicalUrl } from '../../request/read-canonical-url.ts';

/** A name for a transformation (ImageKit, "Named transformations"): `n-thumbnail` stands for all of it. */
export interface NamedTransformation {
  /** 9 letters and digits. */
  readonly id: string;
  /** Letters, digits and underscores; upper and lower case are not the same. */
  readonly name: string;
  /** As the owner wrote it: with `tr:` before it or not. */
  readonly transformation: string;
  /** A name that is switched off is refused. */
  readonly enabled: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Grows with every change. */
  readonly revision: number;
}

/** How a variant notes that it was made with a name. */
export const nameDependency = (name: string): string => `name:${name}`;

/** What a URL's path cannot hold as it is, and what would end a path segment. */
const ESCAPED = /(?:[^\x21-\x7e]|[/?#\\])+/g;

/**
 * Reads a written transformation, `w-300,h-200:rt-90`, into steps of items, as in a URL: escapes are undone once.
 * @throws Problem name.invalid
 */
export function stepsWritten(transformation: string): string[][] {
  const escaped = transformation.trim().replace(ESCAPED, (part) => encodeURIComponent(part.toWellFormed()));
  const url = readCanonicalUrl(`/${escaped.startsWith('tr:') ? '' : 'tr:'}${escaped}/x`, '', LIMITS.urlBytes, {});
  if (url.refusal !== undefined) throw problem('name.invalid', `transformation is not valid: ${url.reason}`);
  return url.original ? [['orig-true']] : url.steps;
}
