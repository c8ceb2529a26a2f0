import type { CanonicalUrl } from './canonical-url.ts';
import { canonicalText } from './canonical-url.ts';
import type { FormatClass } from './format-class.ts';

/**
 * The path of a variant: the CDN's cache key, the key in the variants bucket (without the leading slash) and the address
 * that the transformer checks. Only [a-z0-9/.-], because origin access control signs plain paths only. All variants of
 * an asset share a prefix, so a purge is one prefix. The extension is the format class, or `fixed` when the URL itself
 * decides the format and the answer does not vary; before it stand the client hints that the answer depends on.
 */
export function variantPath(
  url: CanonicalUrl,
  format: FormatClass,
  access: 'open' | 'signed',
  endpoint: string,
  engineVersion: string,
  sha256Hex: (text: string) => string,
): string {
  const variant = sha256Hex(`${engineVersion}|${canonicalText(url)}`).slice(0, 32);
  const name = url.varies ? `${variant}-${url.varies}` : variant;
  return `${assetPrefix(url.assetPath, access, endpoint, sha256Hex)}${name}.${url.fixedFormat ? 'fixed' : format}`;
}

/** The prefix of all stored variants of one asset path, with leading and trailing slash. */
export function assetPrefix(
  assetPath: string,
  access: 'open' | 'signed',
  endpoint: string,
  sha256Hex: (text: string) => string,
): string {
  return `/${access}/${endpoint}/${sha256Hex(assetPath).slice(0, 32)}/`;
}
