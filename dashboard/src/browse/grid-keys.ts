/** Where a grid is, for its keys. */
export interface GridPlace {
  readonly index: number;
  readonly count: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
  readonly isRightToLeft: boolean;
}

export interface GridKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The cell to which a key leads (ARIA Authoring Practices Guide, "Grid"). @returns undefined for a key that leads nowhere */
export function cellAfter({ key, ctrlKey, metaKey }: GridKey, place: GridPlace): number | undefined {
  const { index, count, columns, page, isRightToLeft } = place;
  const row = index - (index % columns);
  const forward = isRightToLeft ? -1 : 1;
  const leadsTo: Readonly<Record<string, number>> = {
    ArrowRight: index + forward,
    ArrowLeft: index - forward,
    ArrowDown: index + columns < count ? index + columns : index,
    ArrowUp: index >= columns ? index - columns : index,
    Home: ctrlKey || metaKey ? 0 : row,
    End: ctrlKey || metaKey ? count - 1 : row + columns - 1,
    PageDown: index + Math.min(page * columns, columns * Math.floor((count - 1 - index) / columns)),
    PageUp: index - Math.min(page * columns, row),
  };
  const found = leadsTo[key];
  return found === undefined ? undefined : Math.max(0, Math.min(count - 1, found));
}
