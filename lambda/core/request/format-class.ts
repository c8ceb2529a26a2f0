import type { CanonicalUrl } from './canonical-url.ts';

/**
 * What the client can show, as far as it concerns the choice of a format: the best of the modern formats it names in
 * its Accept header, or `plain` for JPEG, PNG and GIF.
 */
export type FormatClass = 'avif' | 'webp' | 'plain';

export const FORMAT_CLASSES: readonly FormatClass[] = ['avif', 'webp', 'plain'];

/**
 * The class of one request: the format with the greatest weight (RFC 9110, section 12.4.2), of equal ones the newest.
 * Wildcards do not count: every HTTP client sends them, also those that cannot show AVIF.
 * @param noAvif the endpoint's owner wants none
 */
export function formatClass(url: CanonicalUrl, accept: string, noAvif: boolean | undefined): FormatClass {
  if (url.fixedFormat) return 'plain';
  const ranges = `,${accept.replace(/\s/g, '')},`;
  const weightOf = (type: string): number => {
    const range = RegExp(`,image/${type}(;[^,]*q=([\\d.]+)|[;,])`, 'i').exec(ranges);
    return (range && +(range[2] || 1)) as number;
  };
  // Weights have three decimals; less than that is refused.
  const jpeg = weightOf('jpeg') || 0.001;
  const webp = weightOf('webp');
  return !noAvif && weightOf('avif') >= Math.max(jpeg, webp) ? 'avif' : webp >= jpeg ? 'webp' : 'plain';
}
