import type { DragEvent, MouseEvent } from 'react';
import { Link } from 'wouter';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import type { LibraryFile } from './library-queries.ts';
import { Thumbnail } from './thumbnail.tsx';
import type { View } from './view.ts';

/** CSS pixels of pictures in each layout. */
const SIZES = { grid: 160, list: 40 } as const;

export interface FileCellProps {
  /** @default not at hand yet */
  readonly file: LibraryFile | undefined;
  readonly index: number;
  readonly column: number;
  readonly layout: View['layout'];
  readonly isFast: boolean;
  /** Whether Tab leads to it. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onClick: (event: MouseEvent) => void;
  readonly onFocus: () => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly toggle: () => void;
  readonly open: () => void;
}

/** One file: a click selects it, its name leads to its page. */
export function FileCell(props: FileCellProps) {
  const { file, index, column, layout, isFast, isActive, isSelected, onClick, onFocus, onDragStart, toggle, open } =
    props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys.
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={isSelected}
      aria-busy={file === undefined}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className="cell"
      onClick={onClick}
      onDoubleClick={open}
      onFocus={onFocus}
      draggable={file !== undefined}
      onDragStart={onDragStart}
    >
      {file ? <CellContent {...{ file, index, layout, isFast, isSelected, toggle }} /> : <EmptyCell index={index} />}
    </div>
  );
}

interface CellContentProps extends Pick<FileCellProps, 'index' | 'layout' | 'isFast' | 'isSelected' | 'toggle'> {
  readonly file: LibraryFile;
}

function CellContent({ file, index, layout, isFast, isSelected, toggle }: CellContentProps) {
  const { text, locale } = useTexts();
  const { browse } = text;
  const check = (event: MouseEvent) => {
    event.stopPropagation();
    toggle();
  };
  return (
    <>
      {/* For pointers: the cell says whether it is selected, and Space does the same. */}
      <span className="cell-check" aria-hidden="true" onClick={check}>
        {isSelected && '✓'}
      </span>
      <Thumbnail key={file.fileId} file={file} size={SIZES[layout]} isFast={isFast} />
      <Link
        href={`/file/${file.fileId}`}
        className="cell-name"
        tabIndex={-1}
        draggable={false}
        title={file.name}
        onClick={(event: MouseEvent) => event.stopPropagation()}
      >
        {file.name}
        <span className="for-screen-readers">{browse.place(index + 1)}</span>
      </Link>
      {file.isPrivateFile && <span className="badge">{browse.privateFile}</span>}
      {layout === 'list' && (
        <>
          <span className="cell-fact">{formatBytes(file.size, locale)}</span>
          <span className="cell-fact cell-moment">{formatMoment(file.updatedAt, locale)}</span>
        </>
      )}
    </>
  );
}

/** Stands where a file will be. */
function EmptyCell({ index }: { readonly index: number }) {
  const { browse } = useTexts().text;
  return (
    <>
      <span className="thumb" />
      <span className="cell-name">
        <span className="for-screen-readers">{browse.coming(index + 1)}</span>
      </span>
    </>
  );
}
