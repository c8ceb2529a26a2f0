import type { SelectedFile } from './selection.ts';

/** What a page tells another element of itself; other programs know nothing of it. */
const TYPE = 'application/x-vitrine-files';

let dragged: readonly SelectedFile[] = [];

/** Begins to drag files. They stay in this page: a transfer of 100,000 of them would take seconds. */
export function dragFiles(transfer: DataTransfer, files: readonly SelectedFile[]): void {
  dragged = files;
  transfer.setData(TYPE, String(files.length));
  transfer.effectAllowed = 'move';
}

export const hasDraggedFiles = (transfer: DataTransfer): boolean => transfer.types.includes(TYPE);

export const draggedFiles = (): readonly SelectedFile[] => dragged;
