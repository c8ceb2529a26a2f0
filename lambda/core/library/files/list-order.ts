import type { FileEntry } from '../store/records.ts';
import type { ListCursor } from './list-cursor.ts';

export const SORT_MEMBERS = ['name', 'createdAt', 'updatedAt', 'height', 'width', 'size'] as const;

/** What files are sorted by; equal ones by their id, so that the order of all is fixed. */
export interface ListOrder {
  readonly by: (typeof SORT_MEMBERS)[number];
  readonly descending: boolean;
}

/** A file without the member, such as a text without a width, counts as 0. */
export const sortValue = ({ by }: ListOrder, entry: FileEntry): string | number => entry[by] ?? 0;

export function compareEntries(order: ListOrder): (one: FileEntry, other: FileEntry) => number {
  return (one, other) => comparePlaces(order, placeOf(order, one), placeOf(order, other));
}

/** Whether an entry comes after a place in the order. */
export const isAfter = (order: ListOrder, entry: FileEntry, place: ListCursor): boolean =>
  comparePlaces(order, placeOf(order, entry), place) > 0;

const placeOf = (order: ListOrder, entry: FileEntry): ListCursor => ({
  value: sortValue(order, entry),
  assetId: entry.assetId,
});

function comparePlaces({ descending }: ListOrder, one: ListCursor, other: ListCursor): number {
  const byValue = one.value < other.value ? -1 : Number(one.value > other.value);
  const ascending = byValue || (one.assetId < other.assetId ? -1 : Number(one.assetId > other.assetId));
  return descending ? -ascending : ascending;
}
