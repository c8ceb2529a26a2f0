import { Failure } from '../api/failure.ts';
import type { FailedItem, FileItem } from './file-action.ts';

interface SeveralChanged {
  readonly errors?: readonly { readonly fileId: string; readonly error: string; readonly code: string }[] | undefined;
}

/** The files that an answer about several files says failed by themselves (207). */
export function failedOf(items: readonly FileItem[], { errors = [] }: SeveralChanged): readonly FailedItem<FileItem>[] {
  return errors.flatMap(({ fileId, error, code }) => {
    const item = items.find(({ id }) => id === fileId);
    return item ? [{ item, reason: new Failure(code, 207, error) }] : [];
  });
}
