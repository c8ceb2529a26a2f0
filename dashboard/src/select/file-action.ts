import type { FailedItem, OtherWay, TaskItem } from '../tasks/task-list.ts';
import type { SelectedFile } from './selected-file.ts';

export interface FileItem extends TaskItem {
  readonly file: SelectedFile;
}

/** Something that is done with files, by the public API. */
export interface FileAction {
  /** What it is called while it goes on. */
  readonly label: string;
  /** What is said when it is done. */
  readonly done: (count: number) => string;
  /** Files of one call. */
  readonly perCall: number;
  readonly act: (items: readonly FileItem[], signal: AbortSignal) => Promise<readonly FailedItem<FileItem>[]>;
  /** What takes it back. @default nothing does */
  readonly undo?: () => FileAction;
  /** What may be done instead with files that were refused, of which these are the first. */
  readonly instead?: (
    failed: readonly FailedItem<FileItem>[],
  ) => { readonly label: string; readonly action: FileAction } | undefined;
}

export type { FailedItem, OtherWay };

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export const pathIn = (folder: string, name: string): string => `${folder === '/' ? '' : folder}/${name}`;
