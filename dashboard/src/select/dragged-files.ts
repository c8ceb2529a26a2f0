import { type FileParts, theseFiles } from './chosen-files.ts';

/** What a page tells another element of itself; other programs know nothing of it. */
const TYPE = 'application/x-vitrine-files';

let dragged: FileParts = theseFiles([]);

/** Begins to drag files. They stay in this page: a transfer of 100,000 of them would take seconds. */
export function dragFiles(transfer: DataTransfer, files: FileParts): void {
  dragged = files;
  transfer.setData(TYPE, String(files.count));
  transfer.effectAllowed = 'move';
}

export const hasDraggedFiles = (transfer: DataTransfer): boolean => transfer.types.includes(TYPE);

export const draggedFiles = (): FileParts => dragged;
