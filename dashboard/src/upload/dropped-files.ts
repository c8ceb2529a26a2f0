export interface PlacedFile {
  readonly file: File;
  /** Path of the folder in the library. */
  readonly folder: string;
}

/** What was dropped or pasted, with the files of dropped folders, each in the folder that it lay in. */
export async function filesIn(transfer: DataTransfer, folder: string): Promise<readonly PlacedFile[]> {
  // To be read at once: after the event there is nothing in it any more.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const plain = [...transfer.files].map((file) => ({ file, folder }));
  if (entries.length === 0) return plain;
  return (await Promise.all(entries.map((entry) => filesBelow(entry, folder)))).flat();
}

async function filesBelow(entry: FileSystemEntry, folder: string): Promise<readonly PlacedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, folder }];
  }
  const inside = `${folder === '/' ? '' : folder}/${entry.name}`;
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
