import { problem } from '../../kernel/problems.ts';
import type { LibraryJob } from '../store/library-job.ts';

/** What cannot be undone: the words that confirm it, and the job once they were typed. */
export interface Confirmable {
  readonly confirm: string;
  readonly job?: LibraryJob;
}

/**
 * Whether the words were typed. A first call gives none and is told them.
 * @throws Problem confirmation.differs
 */
export function isConfirmed(given: string | undefined, words: string): boolean {
  if (given === undefined || given === words) return given !== undefined;
  throw problem('confirmation.differs', `Nothing brings it back. To confirm, send confirm: "${words}".`);
}
