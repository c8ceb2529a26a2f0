import { useMemo, useRef, useState } from 'react';
import type { LibraryFile } from '../browse/library-queries.ts';
import type { FileList } from '../browse/use-file-list.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { type ChosenFiles, filesWithout, theseFiles } from './chosen-files.ts';
import { type SelectedFile, toSelected } from './selected-file.ts';

/** Which files are selected, and how that is changed. Positions are those of the list. */
export interface Selection {
  readonly files: ChosenFiles;
  readonly has: (fileId: string) => boolean;
  readonly selectOnly: (index: number) => void;
  readonly toggle: (index: number) => void;
  /** From where the selection began; from `start` when nothing is selected yet. */
  readonly extendTo: (index: number, start: number) => void;
  readonly selectThese: (files: readonly SelectedFile[]) => void;
  /** @param files all of the list, however many are at hand */
  readonly selectAll: (files: ChosenFiles) => void;
  readonly clear: () => void;
}

interface Chosen {
  /** Of which list it is: another one begins with nothing. */
  readonly list: string;
  /** By their ids: those that are selected, or, of all of the list, those that are not. */
  readonly files: ReadonlyMap<string, SelectedFile>;
  /** All of the list, as they were found. @default only `files` are selected */
  readonly all?: ChosenFiles;
  /** Position from which Shift extends. */
  readonly anchor: number;
}

const NOTHING: ReadonlyMap<string, SelectedFile> = new Map();

const byId = (files: readonly SelectedFile[]): ReadonlyMap<string, SelectedFile> =>
  new Map(files.map((file) => [file.fileId, toSelected(file)]));

/** What of a list a selection needs. */
export type SelectableList = Pick<FileList, 'at' | 'atHand' | 'between'>;

/**
 * A selection by ids: files that come or go beside it, or are no longer at hand, change nothing of it.
 * @param name what the files are of
 */
export function useSelection(list: SelectableList, name: string): Selection {
  const text = useText();
  const tell = useNotices();
  const [state, setState] = useState<Chosen>({ list: name, files: NOTHING, anchor: 0 });
  const chosen = state.list === name ? state : { list: name, files: NOTHING, anchor: 0 };
  const latest = useRef(0);
  const { atHand } = list;
  const { files, all } = chosen;
  const selected = useMemo(
    () => (all ? filesWithout(all, files) : theseFiles(withNewest(files, atHand))),
    [all, files, atHand],
  );
  const choose = (some: ReadonlyMap<string, SelectedFile>, anchor: number, of?: ChosenFiles) => {
    latest.current++;
    setState({ list: name, files: some, anchor, ...(of && { all: of }) });
  };
  return {
    files: selected,
    has: (fileId) => files.has(fileId) !== (all !== undefined),
    selectOnly: (position) => choose(byId(filesAt(list, position, position)), position),
    toggle: (position) => {
      const file = list.at(position);
      const changed = new Map(files);
      if (file && !changed.delete(file.fileId)) changed.set(file.fileId, toSelected(file));
      choose(changed, position, all);
    },
    extendTo: (position, start) => {
      const anchor = selected.count > 0 ? chosen.anchor : start;
      const [from, to] = [Math.min(anchor, position), Math.max(anchor, position)];
      const here = filesAt(list, from, to);
      if (here.length === to - from + 1) return choose(byId(here), anchor);
      const turn = ++latest.current;
      list.between(from, to).then(
        // Unless something else was chosen while they were read.
        (some) => turn === latest.current && choose(byId(some), anchor),
        (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
      );
    },
    selectThese: (some) => choose(byId(some), chosen.anchor),
    selectAll: (found) => choose(NOTHING, chosen.anchor, found),
    clear: () => choose(NOTHING, 0),
  };
}

/** Those at hand, from one position to another. */
function filesAt({ at }: SelectableList, from: number, to: number): readonly LibraryFile[] {
  const files: LibraryFile[] = [];
  for (let position = from; position <= to; position++) {
    const file = at(position);
    if (!file) break;
    files.push(file);
  }
  return files;
}

/** What was selected, as the list has it now. */
function withNewest(chosen: ReadonlyMap<string, SelectedFile>, files: readonly LibraryFile[]): readonly SelectedFile[] {
  if (chosen.size === 0) return [];
  const newest = new Map(chosen);
  for (const file of files) if (newest.has(file.fileId)) newest.set(file.fileId, toSelected(file));
  return [...newest.values()];
}
