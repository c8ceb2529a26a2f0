import { Failure } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';

/** A failure in plain words: ours where we know what helps, the API's own sentence otherwise. */
export function failureWords(error: unknown, { failure }: Catalogue): string {
  if (!(error instanceof Failure)) return failure.title;
  if (error.status === 0) return failure.offline;
  if (error.code === 'permission.missing') return failure.permission;
  if (error.code === 'file.referenced') return failure.referenced;
  if (error.code === 'file.exists') return failure.exists;
  if (error.status === 412) return failure.changed;
  if (error.status === 404) return failure.missing;
  if (error.status === 429 || error.status >= 500) return failure.busy;
  return error.message;
}
