/** What a page tells another element of itself; other programs know nothing of it. */
const TYPE = 'application/x-vitrine-folder';

let dragged: string | undefined;

/** Begins to drag a folder. @param path of it */
export function dragFolder(transfer: DataTransfer, path: string): void {
  dragged = path;
  transfer.setData(TYPE, path);
  transfer.effectAllowed = 'move';
}

/** The path of the folder that is dragged; undefined when something else is. */
export const draggedFolder = (transfer: DataTransfer): string | undefined =>
  transfer.types.includes(TYPE) ? dragged : undefined;
