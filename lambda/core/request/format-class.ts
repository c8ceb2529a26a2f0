import type { CanonicalUrl } from './canonical-url.ts';

/**
 * What the client can show, as far as it concerns the choice of a format: the best of the modern formats it names in
 * its Accept header, or `plain` for JPEG, PNG and GIF.
 */
export type FormatClass = 'avif' | 'webp' | 'plain';

export const FORMAT_CLASSES: readonly FormatClass[] = ['avif', 'webp', 'plain'];

/**
 * The class of one request. Wildcards do not count: every HTTP client sends them, also those that cannot show AVIF.
 * A type with weight zero is refused by the client (RFC 9110, section 12.4.2).
 * @param noAvif the endpoint's owner wants none
 */
export function formatClass(url: CanonicalUrl, accept: string, noAvif: boolean | undefined): FormatClass {
  if (url.fixedFormat) return 'plain';
  const offered: Record<string, boolean> = {};
  accept
    .toLowerCase()
    .split(',')
    .forEach((range) => {
      const parts = range.split(';');
      offered[(parts[0] as string).trim()] = !/;\s*q\s*=\s*0(\.0*)?\s*(;|$)/.test(range);
    });
  if (offered['image/avif'] && !noAvif) return 'avif';
  return offered['image/webp'] ? 'webp' : 'plain';
}
