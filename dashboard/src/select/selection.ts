import { useMemo, useState } from 'react';
import type { LibraryFile } from '../browse/library-queries.ts';

/** What actions need to know of a file; of 100,000 of them the rest would be too much. */
export type SelectedFile = Pick<
  LibraryFile,
  'fileId' | 'name' | 'filePath' | 'tags' | 'isPrivateFile' | 'isPublished' | 'size'
>;

/** Which files are selected, and how that is changed. Positions are those of the list. */
export interface Selection {
  readonly files: readonly SelectedFile[];
  readonly has: (fileId: string) => boolean;
  readonly selectOnly: (index: number) => void;
  readonly toggle: (index: number) => void;
  /** From where the selection began; from `start` when nothing is selected yet. */
  readonly extendTo: (index: number, start: number) => void;
  /** All of the list, as far as it is loaded. */
  readonly selectAll: () => void;
  /** Files that need not be in the list. */
  readonly selectThese: (files: readonly SelectedFile[]) => void;
  readonly clear: () => void;
}

interface Chosen {
  /** Of which list it is: another one begins with nothing. */
  readonly list: string;
  readonly files: ReadonlyMap<string, SelectedFile>;
  /** Position from which Shift extends. */
  readonly anchor: number;
}

const NOTHING: ReadonlyMap<string, SelectedFile> = new Map();

export const toSelected = (file: SelectedFile): SelectedFile => {
  const { fileId, name, filePath, tags, isPrivateFile, isPublished, size } = file;
  return { fileId, name, filePath, tags, isPrivateFile, isPublished, size };
};

const byId = (files: readonly SelectedFile[]): ReadonlyMap<string, SelectedFile> =>
  new Map(files.map((file) => [file.fileId, toSelected(file)]));

/** A selection by ids: files that come or go beside it change nothing of it. @param list what the files are of */
export function useSelection(files: readonly LibraryFile[], list: string): Selection {
  const [state, setState] = useState<Chosen>({ list, files: NOTHING, anchor: 0 });
  const chosen = state.list === list ? state : { list, files: NOTHING, anchor: 0 };
  const selected = useMemo(() => withNewest(chosen.files, files), [chosen.files, files]);
  return useMemo(() => {
    const choose = (some: ReadonlyMap<string, SelectedFile>, anchor: number) => setState({ list, files: some, anchor });
    const between = (from: number, to: number) => byId(files.slice(Math.min(from, to), Math.max(from, to) + 1));
    return {
      files: selected,
      has: (fileId) => chosen.files.has(fileId),
      selectOnly: (index) => choose(between(index, index), index),
      toggle: (index) => {
        const file = files[index];
        const changed = new Map(chosen.files);
        if (file && !changed.delete(file.fileId)) changed.set(file.fileId, toSelected(file));
        choose(changed, index);
      },
      extendTo: (index, start) => {
        const from = chosen.files.size > 0 ? chosen.anchor : start;
        choose(between(from, index), from);
      },
      selectAll: () => choose(byId(files), chosen.anchor),
      selectThese: (some) => choose(byId(some), chosen.anchor),
      clear: () => choose(NOTHING, 0),
    };
  }, [files, list, chosen.files, chosen.anchor, selected]);
}

/** What was selected, as the list has it now. */
function withNewest(chosen: ReadonlyMap<string, SelectedFile>, files: readonly LibraryFile[]): readonly SelectedFile[] {
  if (chosen.size === 0) return [];
  const newest = new Map(chosen);
  for (const file of files) if (newest.has(file.fileId)) newest.set(file.fileId, toSelected(file));
  return [...newest.values()];
}
