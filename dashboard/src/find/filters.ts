export const KINDS = ['image', 'non-image'] as const;

export type Kind = (typeof KINDS)[number];

/** Bytes, as the query language writes them: what is at least, and what is less. */
export const SIZES = {
  small: [undefined, '100kb'],
  medium: ['100kb', '1mb'],
  large: ['1mb', '10mb'],
  huge: ['10mb', undefined],
} as const;

export type Size = keyof typeof SIZES;

/** Times before now, as the query language writes them. */
export const AGES = ['1d', '7d', '30d', '1y'] as const;

export type Age = (typeof AGES)[number];

/** Of a file: who can see it, and what it lacks. */
export const STATES = ['private', 'draft', 'no-description', 'no-tags'] as const;

export type State = (typeof STATES)[number];

/** What narrows a search beside its words. */
export interface Filters {
  readonly kind?: Kind | undefined;
  readonly tag?: string | undefined;
  readonly format?: string | undefined;
  /** Path of a folder: it and all below. */
  readonly within?: string | undefined;
  readonly size?: Size | undefined;
  /** Uploaded since then. */
  readonly since?: Age | undefined;
  readonly state?: State | undefined;
  /** Name of a custom field and its value, with a colon between them. */
  readonly field?: string | undefined;
  /** A saved search, in the API's query language. */
  readonly query?: string | undefined;
}

/** In the order in which they are shown. */
export const FILTERS = [
  'kind',
  'format',
  'tag',
  'within',
  'size',
  'since',
  'state',
  'field',
  'query',
] as const satisfies readonly (keyof Filters)[];

export type FilterName = (typeof FILTERS)[number];

const oneOf = <Value extends string>(allowed: readonly Value[], given: string | null): Value | undefined =>
  allowed.find((value) => value === given);

/** @param given of a URL; what it says wrongly is as if it were not there */
export function readFilters(given: URLSearchParams): Filters {
  const within = given.get('within');
  return {
    kind: oneOf(KINDS, given.get('kind')),
    tag: given.get('tag') || undefined,
    format: /^[a-z0-9]{2,5}$/.exec(given.get('format') ?? '')?.[0],
    within: within === null ? undefined : `/${within.split('/').filter(Boolean).join('/')}`,
    size: oneOf(Object.keys(SIZES) as Size[], given.get('size')),
    since: oneOf(AGES, given.get('since')),
    state: oneOf(STATES, given.get('state')),
    field: /^[^\s"'()[\],=:<>]+:.+$/.exec(given.get('field') ?? '')?.[0],
    query: given.get('query')?.trim() || undefined,
  };
}

/** The name of a custom field and the value that is looked for. */
export function splitField(field: string): readonly [name: string, value: string] {
  const at = field.indexOf(':');
  return [field.slice(0, at), field.slice(at + 1)];
}
