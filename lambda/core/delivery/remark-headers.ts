import { headerText } from './delivery.ts';

/** What an answer says of itself when it is not all that was asked for. Kept with the variant, so that it is said on a hit too. */
export interface Remarks {
  /** Why the file is delivered as it is stored. */
  readonly fallback?: string;
  /** What of the URL was left out. */
  readonly ignored?: string;
  /** What the limits made smaller. */
  readonly limited?: string;
}

/**
 * @param fallback words
 * @param ignored items as written, and `animation`
 * @param limited words
 */
export function remarks(fallback: string | undefined, ignored: readonly string[], limited?: string): Remarks {
  return {
    ...(fallback !== undefined && { fallback: headerText(`original; ${fallback}`) }),
    ...(ignored.length > 0 && { ignored: headerText(ignored.map(encodeURIComponent).join(', ')) }),
    ...(limited !== undefined && { limited: headerText(limited) }),
  };
}

/** As a miss says it. The viewer-response function makes the same of what is stored. */
export function remarkHeaders({ fallback, ignored, limited }: Remarks): Record<string, string> {
  return {
    ...(fallback !== undefined && { 'x-vitrine-fallback': fallback }),
    ...(ignored !== undefined && { 'x-vitrine-ignored': ignored }),
    ...(limited !== undefined && { 'x-vitrine-limited': limited }),
  };
}
