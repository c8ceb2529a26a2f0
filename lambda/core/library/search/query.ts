/** How a field is compared. `:` is "begins with"; `HAS` looks for words. */
export const SEARCH_OPERATORS = [
  '=',
  'NOT =',
  ':',
  '<',
  '<=',
  '>',
  '>=',
  'HAS',
  'IN',
  'NOT IN',
  'EXISTS',
  'NOT EXISTS',
] as const;

export type SearchOperator = (typeof SEARCH_OPERATORS)[number];

/** Which assets a search means. */
export type SearchQuery = QueryGroup | FieldComparison;

/** At least two parts. */
export interface QueryGroup {
  readonly kind: 'and' | 'or';
  readonly parts: readonly SearchQuery[];
}

export interface FieldComparison {
  readonly kind: 'comparison';
  /** A name of `SEARCH_FIELDS`, or `customMetadata.` and a field's name. */
  readonly field: string;
  readonly operator: SearchOperator;
  /** One value; several for lists, none for EXISTS. */
  readonly values: readonly SearchValue[];
}

export const TIME_UNITS = ['h', 'd', 'w', 'm', 'y'] as const;

export type SearchValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'flag'; readonly flag: boolean }
  /** Milliseconds since 1970. */
  | { readonly kind: 'moment'; readonly at: number }
  /** So long before now. */
  | { readonly kind: 'ago'; readonly amount: number; readonly unit: (typeof TIME_UNITS)[number] }
  | { readonly kind: 'area'; readonly area: Area };

/** Degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A circle, or a shape by its corners: two are a box's diagonal. */
export type Area =
  | { readonly centre: Point; readonly kilometres: number }
  | { readonly corners: readonly [Point, Point] | readonly [Point, Point, Point, Point] };

export const isGroup = (query: SearchQuery): query is QueryGroup => query.kind !== 'comparison';
