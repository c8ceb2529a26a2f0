/*
 * Keys of records in the library table that the transformer works on without ElectroDB: the template that ElectroDB fills
 * and the function that fills it by hand stand side by side; a test holds them together.
 */

/** A stored variant that was made with something beside its own asset. */
export const DEPENDENT_KEY = {
  of: (dependency: string, variantKey: string) => ({ pk: `dependents#${dependency}`, sk: `variant#${variantKey}` }),
  variantOf: (sk: string): string => sk.slice('variant#'.length),
} as const;

/** That an answer had a cache tag. */
export const TAG_USE_KEY = {
  of: (tag: string) => ({ pk: `cache-tag#${tag}`, sk: 'used' }),
  tagOf: (pk: string): string => pk.slice('cache-tag#'.length),
} as const;

/** That a stored variant shows a whole file. The sort key is the width, so that the nearest one is a step away. */
export const WHOLE_PICTURE_KEY = {
  of: (shelf: string, width: number) => ({ pk: `whole#${shelf}`, sk: String(width).padStart(6, '0') }),
  widthOf: (sk: string): number => Number(sk),
} as const;

/** When a signing key was last seen; the sort key is the key's id. */
export const KEY_USE = { pk: 'signing-keys#used' } as const;

/** Invalidations that wait for the CDN. The sort key begins with the time, so that the oldest is the first. */
export const WAITING_INVALIDATIONS = { pk: 'invalidations' } as const;
