import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows beyond the visible ones that are there already. */
const OVERSCAN = 4;

/** Pixels in a millisecond from where nobody looks at single pictures. */
const FAST = 6;

/** Milliseconds without scrolling after which it rests. */
const REST = 120;

/** Pixels that an element may be high in every browser; further down a list has no more rows. */
const HIGHEST = 16_000_000;

export interface VirtualRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly count: number;
  readonly columnsFor: (width: number) => number;
  readonly rowHeight: number;
  /** Cell that has the focus; its row stays there, wherever the list is scrolled to. */
  readonly active: number;
}

/** The rows of a grid that are drawn. Width and columns are known before the first picture, so that nothing jumps. */
export function useVirtualRows({ scroller, count, columnsFor, rowHeight, active }: VirtualRows) {
  const [columns, setColumns] = useState(0);
  const isFast = useFastScrolling(scroller);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setColumns(columnsFor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, columnsFor]);
  const shown = Math.min(count, columns * Math.floor(HIGHEST / rowHeight));
  const virtualizer = useVirtualizer({
    count: columns === 0 ? 0 : Math.ceil(shown / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      const row = Math.floor(active / Math.max(1, columns));
      return seen.includes(row) || row >= range.count ? seen : [...seen, row].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes that were measured are of other rows.
  useLayoutEffect(() => virtualizer.measure(), [rowHeight, columns]);
  return { virtualizer, columns, count: shown, isFast };
}

function useFastScrolling(scroller: RefObject<HTMLDivElement | null>): boolean {
  const [isFast, setIsFast] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let [top, time, timer] = [element.scrollTop, performance.now(), 0];
    const look = () => {
      const now = performance.now();
      if (Math.abs(element.scrollTop - top) / Math.max(1, now - time) > FAST) setIsFast(true);
      [top, time] = [element.scrollTop, now];
      clearTimeout(timer);
      timer = window.setTimeout(() => setIsFast(false), REST);
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      element.removeEventListener('scroll', look);
      clearTimeout(timer);
    };
  }, [scroller]);
  return isFast;
}
