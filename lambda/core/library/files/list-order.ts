import type { ListCursor } from './list-cursor.ts';

export const SORT_MEMBERS = ['name', 'createdAt', 'updatedAt', 'height', 'width', 'size', 'relevance'] as const;

/** What files and folders are sorted by; equal ones by their id, so that the order of all is fixed. */
export interface ListOrder {
  readonly by: (typeof SORT_MEMBERS)[number];
  readonly descending: boolean;
}

/** What a file or folder is sorted by. */
export interface Sortable {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly height?: number;
  readonly width?: number;
  readonly size?: number;
  /** Of what a search found. */
  readonly relevance?: string;
}

/** A place in the order. One without the member, such as a text without a width, counts as 0. */
export const placeOf = ({ by }: ListOrder, sortable: Sortable): ListCursor => ({
  value: sortable[by] ?? 0,
  assetId: sortable.id,
});

export function compareSortables(order: ListOrder): (one: Sortable, other: Sortable) => number {
  return (one, other) => comparePlaces(order, placeOf(order, one), placeOf(order, other));
}

/** Whether something comes after a place in the order. */
export const isAfter = (order: ListOrder, sortable: Sortable, place: ListCursor): boolean =>
  comparePlaces(order, placeOf(order, sortable), place) > 0;

function comparePlaces({ descending }: ListOrder, one: ListCursor, other: ListCursor): number {
  const byValue = one.value < other.value ? -1 : Number(one.value > other.value);
  const ascending = byValue || (one.assetId < other.assetId ? -1 : Number(one.assetId > other.assetId));
  return descending ? -ascending : ascending;
}
