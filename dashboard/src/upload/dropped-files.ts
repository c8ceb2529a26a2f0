import { pathIn } from '../select/file-action.ts';
import type { PlacedSource } from './upload.ts';

/** What was dropped or pasted, with the files of dropped folders, each in the folder that it lay in. */
export async function filesIn(transfer: DataTransfer, folder: string): Promise<readonly PlacedSource[]> {
  // To be read at once: after the event there is nothing in it any more.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const plain = [...transfer.files].map((source) => ({ source, folder }));
  if (entries.length === 0) return plain;
  return (await Promise.all(entries.map((entry) => filesBelow(entry, folder)))).flat();
}

async function filesBelow(entry: FileSystemEntry, folder: string): Promise<readonly PlacedSource[]> {
  if (entry.isFile) {
    const source = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ source, folder }];
  }
  const inside = pathIn(folder, entry.name);
  const entries = await entriesOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(entries.map((one) => filesBelow(one, inside)))).flat();
}

/** A reader gives a hundred at a time, and nothing at the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  while (true) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Files of a folder that was chosen, each in the folder that it lies in. */
export const filesOfFolder = (files: Iterable<File>, folder: string): readonly PlacedSource[] =>
  [...files].map((source) => {
    const steps = source.webkitRelativePath.split('/').slice(0, -1);
    return { source, folder: steps.reduce(pathIn, folder) };
  });
