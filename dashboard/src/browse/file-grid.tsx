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
import { dragFiles } from '../select/dragged-files.ts';
import { type Selection, toSelected } from '../select/selection.ts';
import { FileCell } from './file-cell.tsx';
import { cellAfter } from './grid-keys.ts';
import type { LibraryFile } from './library-queries.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import type { View } from './view.ts';

/** Pixels of a row, and how many cells have room beside each other. */
const LAYOUTS = {
  grid: { rowHeight: 212, columnsFor: (width: number) => Math.max(2, Math.floor(width / 184)) },
  list: { rowHeight: 56, columnsFor: () => 1 },
} as const;

export interface FileGridProps {
  readonly files: readonly LibraryFile[];
  readonly layout: View['layout'];
  readonly label: string;
  readonly selection: Selection;
  /** Called when the end comes near. */
  readonly more: () => void;
  readonly open: (file: LibraryFile) => void;
  /** Does what a key stands for with the selected files. @returns whether it stands for anything */
  readonly act: (key: string) => boolean;
}

const isPlain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !altKey;

/** Where the focus was in lists that were left, by their address: the way back leads there. */
const places = new Map<string, number>();

/** Files in cells of which only the visible ones are drawn. Arrows lead through it, Space selects, Enter opens. */
export function FileGrid({ files, layout, label, selection, more, open, act }: FileGridProps) {
  const address = useLocation()[0] + location.search;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() => places.get(address) ?? 0);
  const wantsFocus = useRef(false);
  const { rowHeight, columnsFor } = LAYOUTS[layout];
  const rows = useVirtualRows({ scroller, count: files.length, columnsFor, rowHeight, active });
  const { virtualizer, columns, isFast } = rows;
  const drawn = virtualizer.getVirtualItems();
  const lastRow = drawn.at(-1)?.index ?? 0;

  useEffect(() => {
    if (columns > 0 && (lastRow + 1) * columns >= files.length) more();
  }, [lastRow, columns, files.length, more]);
  useEffect(() => void places.set(address, active), [address, active]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the width is known, to where the list was left.
  useLayoutEffect(() => {
    if (columns > 0 && active > 0) virtualizer.scrollToIndex(Math.floor(active / columns), { align: 'center' });
  }, [columns > 0]);
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
    const file = files[active];
    if (!file) return;
    if (event.key === 'Enter') open(file);
    else if (event.key === ' ') selection.toggle(active);
    else if (event.key === 'Escape') selection.clear();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.selectAll();
    else if (!isPlain(event) || !act(event.key)) {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight));
      const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
      const next = cellAfter(event, { index: active, count: files.length, columns, page, isRightToLeft });
      if (next === undefined) return;
      if (event.shiftKey) selection.extendTo(next, active);
      go(next);
    }
    event.preventDefault();
  };
  const drag = ({ dataTransfer }: DragEvent, file: LibraryFile) =>
    dragFiles(dataTransfer, selection.has(file.fileId) ? selection.files : [toSelected(file)]);
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
        aria-rowcount={Math.ceil(files.length / Math.max(1, columns))}
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
            {files.slice(row * columns, (row + 1) * columns).map((file, column) => {
              const index = row * columns + column;
              return (
                <FileCell
                  key={file.fileId}
                  {...{ file, index, column, layout, isFast }}
                  isActive={index === active}
                  isSelected={selection.has(file.fileId)}
                  onClick={(event) => click(event, index)}
                  onFocus={() => setActive(index)}
                  onDragStart={(event) => drag(event, file)}
                  toggle={() => selection.toggle(index)}
                  open={() => open(file)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
