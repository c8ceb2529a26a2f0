import { Problem } from '../kernel/problems.ts';
import { readPlan } from '../plan/read-plan.ts';

/** What another product's words are in ours. */
export interface Translation {
  readonly steps: string[][];
  /** What has no meaning here, as written: ImageKit leaves it out without a word ("URL rewriters", notes). */
  readonly dropped: readonly string[];
  /** Version in the URL, a fresh copy of what an origin has changed; ImageKit's `v`. */
  readonly version?: string;
}

/** An item in our grammar; undefined for a value that the tables of ImageKit do not have. */
export type TranslatedItem = string | undefined;

/** Items before and behind an item: those of the layer that it is in. */
export interface Surroundings {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Whether our grammar takes the value of an item, which may be outside of what is possible here. What this product does not
 * offer is left to the plan, which refuses it as in a URL in our words.
 */
export function isTaken(item: string, around: Surroundings = { before: [], after: [] }): boolean {
  try {
    readPlan([[...around.before, item, ...around.after]]);
    return true;
  } catch (error) {
    if (error instanceof Problem) return error.code === 'transformation.unsupported';
    throw error;
  }
}

/** A number as the other product writes it; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  return /^-?\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

/** Ours has an N for the minus. */
export const writeNumber = (value: number): string => String(value).replace('-', 'N');

/** An item with a number, as far as it is one. */
export function numbered(key: string, text: string): TranslatedItem {
  const value = readNumber(text);
  return value === undefined ? undefined : `${key}-${writeNumber(value)}`;
}

/** Decodes once. @returns undefined for an escape that is not UTF-8 */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
