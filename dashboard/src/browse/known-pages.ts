/** A part of a list that was seen once. Its files may have been let go of meanwhile. */
export interface KnownPage {
  /** Cursor of its beginning; undefined for the first. */
  readonly from: string | undefined;
  /** Position of its first file in the list. */
  readonly start: number;
  /** Its files; undefined for the last one, before it has come. */
  readonly length: number | undefined;
  readonly firstId: string | undefined;
}

/** The parts of a list from its beginning, without a gap. */
export type KnownPages = readonly KnownPage[];

/** A part as the API has it now. */
export interface ArrivedPage {
  readonly from: string | undefined;
  readonly fileIds: readonly string[];
  /** Cursor of the part after it; undefined at the end of the list. */
  readonly next: string | undefined;
}

/** Positions that somebody looks at, and the one that the keys are at. */
export interface SeenPlaces {
  readonly first: number;
  readonly last: number;
  readonly active: number;
}

/** Files on both sides of what is seen that are there already. */
const MARGIN = 150;

/** Of a list of which nothing has come yet. */
export const NO_PAGES: KnownPages = [{ from: undefined, start: 0, length: undefined, firstId: undefined }];

/** Files that are known of, from the first one on. */
export const countOf = (pages: KnownPages): number => {
  const last = pages.at(-1);
  return last ? last.start + (last.length ?? 0) : 0;
};

/** Whether the list goes on after what is known. */
export const goesOn = (pages: KnownPages): boolean => pages.at(-1)?.length === undefined;

/** In which part a position is. @returns -1 for none */
export const pageAt = (pages: KnownPages, position: number): number =>
  pages.findLastIndex(({ start, length = 0 }) => start <= position && position < start + length);

/** Numbers of the parts that are wanted: those near what is seen, and where the keys are. */
export function pagesNear(pages: KnownPages, { first, last, active }: SeenPlaces): readonly number[] {
  const isNear = ({ start, length }: KnownPage): boolean =>
    start <= last + MARGIN && (length === undefined || start + length > first - MARGIN);
  const near = pages.flatMap((page, number) => (isNear(page) ? [number] : []));
  const at = pageAt(pages, active);
  return at < 0 || near.includes(at) ? near : [at, ...near];
}

/**
 * What is known after a part has come. Files that went or came in it shift those after it; parts that still begin where they
 * began are kept, others are forgotten and found again.
 * @returns the same object when it tells nothing new
 */
export function notePage(pages: KnownPages, { from, fileIds, next }: ArrivedPage): KnownPages {
  const number = pages.findIndex((page) => page.from === from);
  const page = pages[number];
  if (!page) return pages;
  // All that was there and after it is gone; how much before it, nobody has seen.
  if (fileIds.length === 0 && number > 0) return NO_PAGES;
  const after = pages[number + 1];
  const overlap = after?.firstId === undefined ? -1 : fileIds.indexOf(after.firstId);
  const length = overlap < 0 ? fileIds.length : overlap;
  const isKept = after !== undefined && (overlap >= 0 || after.from === next);
  if (page.length === length && page.firstId === fileIds[0] && (isKept || (!after && next === undefined))) return pages;
  const follow = next === undefined ? [] : [{ from: next, start: 0, length: undefined, firstId: undefined }];
  const noted = { ...page, length, firstId: fileIds[0] };
  return [
    ...pages.slice(0, number),
    ...placedFrom(page.start, [noted, ...(isKept ? pages.slice(number + 1) : follow)]),
  ];
}

function placedFrom(start: number, pages: KnownPages): KnownPages {
  let next = start;
  return pages.map((page) => {
    const placed = { ...page, start: next };
    next += page.length ?? 0;
    return placed;
  });
}
