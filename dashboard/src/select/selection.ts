import { useMemo, useState } from 'react';
import type { LibraryFile } from '../browse/library-queries.ts';

/** Which of the files of a list are selected, and how that is changed. Positions are those of the list. */
export interface Selection {
  readonly files: readonly LibraryFile[];
  readonly has: (fileId: string) => boolean;
  readonly selectOnly: (index: number) => void;
  readonly toggle: (index: number) => void;
  /** From where the selection began; from `start` when nothing is selected yet. */
  readonly extendTo: (index: number, start: number) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
}

interface Chosen {
  readonly ids: ReadonlySet<string>;
  /** Position from which Shift extends. */
  readonly anchor: number;
}

const NOTHING: Chosen = { ids: new Set(), anchor: 0 };

/** A selection by ids: files that come or go beside it change nothing of it. */
export function useSelection(files: readonly LibraryFile[]): Selection {
  const [chosen, setChosen] = useState(NOTHING);
  return useMemo(() => {
    const idAt = (index: number) => files[index]?.fileId;
    const idsFrom = (from: number, to: number) =>
      files.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ fileId }) => fileId);
    return {
      files: files.filter(({ fileId }) => chosen.ids.has(fileId)),
      has: (fileId) => chosen.ids.has(fileId),
      selectOnly: (index) => setChosen({ ids: new Set(idsFrom(index, index)), anchor: index }),
      toggle: (index) =>
        setChosen(({ ids }) => {
          const id = idAt(index);
          const changed = new Set(ids);
          if (id !== undefined && !changed.delete(id)) changed.add(id);
          return { ids: changed, anchor: index };
        }),
      extendTo: (index, start) =>
        setChosen(({ ids, anchor }) => {
          const from = ids.size > 0 ? anchor : start;
          return { ids: new Set(idsFrom(from, index)), anchor: from };
        }),
      selectAll: () => setChosen(({ anchor }) => ({ ids: new Set(idsFrom(0, files.length)), anchor })),
      clear: () => setChosen(NOTHING),
    };
  }, [files, chosen]);
}
