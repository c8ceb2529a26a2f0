import { Failure } from '../api/failure.ts';
import type { FailedItem, FileItem } from './file-action.ts';

interface SeveralChanged {
  readonly errors?: readonly { readonly fileId: string; readonly error: string }[] | undefined;
}

/** The files that an answer about several files says failed by themselves (207). */
export function failedOf(items: readonly FileItem[], { errors = [] }: SeveralChanged): readonly FailedItem<FileItem>[] {
  return errors.flatMap(({ fileId, error }) => {
    const item = items.find(({ id }) => id === fileId);
    return item ? [{ item, reason: new Failure('file.failed', 207, error) }] : [];
  });
}
