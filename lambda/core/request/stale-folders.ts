import type { ReadSetting } from './judge-url.ts';

/**
 * Folders whose paths mean something else since a moment: moved, renamed, in the trash, made private. Until a job has
 * removed what was made before, pictures below them have keys of their own, so neither the CDN's cache nor the variants
 * bucket answers with an old one. Asked on every request; a value that names no folder costs one look.
 */
export interface StaleFoldersValue {
  /** How many values there are. */
  readonly n: number;
  /** Path with a slash at its end, and the generation of what is made below it. */
  readonly r: readonly (readonly [string, string])[];
}

export const staleKey = (index: number): string => `stale:${index}`;

/** The generation of a moment: later ones compare as greater. @param now milliseconds since 1970 */
export const generationAt = (now: number): string => now.toString(36);

/**
 * The generation of what is made of a path: the newest of the folders above it that are stale, empty when none is.
 * @throws when the store lacks what it promised, so that the caller can refuse
 */
export async function generationOf(read: ReadSetting, path: string): Promise<string> {
  let newest = '';
  let count = 1;
  for (let index = 0; index < count; index++) {
    const text = await read(staleKey(index));
    if (!text && !index) return '';
    const value = JSON.parse(text as string) as StaleFoldersValue;
    count = value.n;
    value.r.forEach((one) => {
      if (path.startsWith(one[0]) && one[1] > newest) newest = one[1];
    });
  }
  return newest;
}
