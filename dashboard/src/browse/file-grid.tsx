import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import { theseFiles } from '../select/chosen-files.ts';
import { dragFiles } from '../select/dragged-files.ts';
import { toSelected } from '../select/selected-file.ts';
import type { Selection } from '../select/selection.ts';
import { FileCell } from './file-cell.tsx';
import { cellAfter } from './grid-keys.ts';
import type { LibraryFile } from './library-queries.ts';
import type { FileList } from './use-file-list.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import type { View } from './view.ts';

/** Pixels of a row, and how many cells have room beside each other. */
const LAYOUTS = {
  grid: { rowHeight: 212, columnsFor: (width: number) => Math.max(2, Math.floor(width / 184)) },
  list: { rowHeight: 56, columnsFor: () => 1 },
} as const;

export interface FileGridProps {
  readonly list: FileList;
  readonly layout: View['layout'];
  readonly label: string;
  readonly selection: Selection;
  readonly selectAll: () => void;
  readonly open: (file: LibraryFile) => void;
  /** Does what a key stands for with the selected files. @returns whether it stands for anything */
  readonly act: (key: string) => boolean;
}

const isPlain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !altKey;

/** Where a list was left. */
interface Place {
  readonly active: number;
  readonly top: number;
  readonly columns: number;
}

/** Of lists that were left, by their address: the way back leads there. */
const places = new Map<string, Place>();

/** Files in cells of which only the visible ones are drawn. Arrows lead through it, Space selects, Enter opens. */
export function FileGrid({ list, layout, label, selection, selectAll, open, act }: FileGridProps) {
  const address = useLocation()[0] + location.search;
  const scroller = useRef<HTMLDivElement>(null);
  const left = useRef(places.get(address));
  const [active, setActive] = useState(left.current?.active ?? 0);
  const wantsFocus = useRef(false);
  const { rowHeight, columnsFor } = LAYOUTS[layout];
  const rows = useVirtualRows({ scroller, count: list.count, columnsFor, rowHeight, active });
  const { virtualizer, columns, count, isFast } = rows;
  const drawn = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const { see } = list;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the width is known, to where the list was left.
  useLayoutEffect(() => {
    if (columns === 0 || !left.current || !scroller.current) return;
    if (left.current.columns === columns) scroller.current.scrollTop = left.current.top;
    else virtualizer.scrollToIndex(Math.floor(active / columns), { align: 'center' });
  }, [columns > 0]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range tells of every row that is scrolled.
  useLayoutEffect(() => {
    const seen = { first: startIndex * columns, last: (endIndex + 1) * columns, active };
    // Before it is told of a jump, the range is still the one before.
    const isBehind = Math.abs((virtualizer.scrollOffset ?? 0) - (scroller.current?.scrollTop ?? 0)) >= rowHeight;
    // What runs past is not asked for; the end has to come nearer.
    if (columns > 0 && !isBehind && (!isFast || seen.last >= count)) see(seen);
  }, [startIndex, endIndex, columns, active, isFast, count, see]);
  useEffect(
    () => void places.set(address, { active, top: startIndex * rowHeight, columns }),
    [address, active, startIndex, rowHeight, columns],
  );
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!cell) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
  });

  const go = (index: number) => {
    wantsFocus.current = true;
    setActive(index);
    virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
  };
  const press = (event: KeyboardEvent) => {
    const file = list.at(active);
    if (event.key === 'Enter') file && open(file);
    else if (event.key === ' ') selection.toggle(active);
    else if (event.key === 'Escape') selection.clear();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selectAll();
    else if (!isPlain(event) || !act(event.key)) {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight));
      const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
      const next = cellAfter(event, { index: active, count, columns, page, isRightToLeft });
      if (next === undefined) return;
      if (event.shiftKey) selection.extendTo(next, active);
      go(next);
    }
    event.preventDefault();
  };
  const drag = ({ dataTransfer }: DragEvent, file: LibraryFile) =>
    dragFiles(dataTransfer, selection.has(file.fileId) ? selection.files : theseFiles([toSelected(file)]));
  const click = (event: MouseEvent, index: number) => {
    if (event.shiftKey) selection.extendTo(index, active);
    else if (event.ctrlKey || event.metaKey) selection.toggle(index);
    else selection.selectOnly(index);
    setActive(index);
  };

  return (
    <div ref={scroller} className="scroller">
      {/* biome-ignore lint/a11y/useSemanticElements: a table of which a few rows are drawn is none of the browser's. */}
      <div
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={Math.ceil(count / Math.max(1, columns))}
        aria-colcount={Math.max(1, columns)}
        className={`rows rows-${layout}`}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={press}
      >
        {drawn.map(({ index: row, start }) => (
          // biome-ignore lint/a11y/useSemanticElements: as the grid.
          // biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus.
          <div
            key={row}
            role="row"
            aria-rowindex={row + 1}
            className="row"
            style={{
              transform: `translateY(${start}px)`,
              height: rowHeight,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) => {
              const index = row * columns + column;
              const file = list.at(index);
              return (
                <FileCell
                  key={index}
                  {...{ file, index, column, layout, isFast }}
                  isActive={index === active}
                  isSelected={file !== undefined && selection.has(file.fileId)}
                  onClick={(event) => click(event, index)}
                  onFocus={() => setActive(index)}
                  onDragStart={(event) => file && drag(event, file)}
                  toggle={() => selection.toggle(index)}
                  open={() => file && open(file)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
