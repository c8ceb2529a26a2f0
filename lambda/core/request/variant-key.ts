import type { CanonicalUrl } from './canonical-url.ts';
import { canonicalText } from './canonical-url.ts';
import type { FormatClass } from './format-class.ts';

/**
 * The path of a variant: the CDN's cache key, the key in the variants bucket (without the leading slash) and the address
 * that the transformer checks. Only [a-z0-9/.-], because origin access control signs plain paths only. It begins with engine
 * and asset: what an old engine made is one prefix, and so is what was made of an asset. The extension is the format class, or `fixed` when the URL itself
 * decides the format and the answer does not vary; before it stand the client hints that the answer depends on, and the
 * generation of a stale folder (stale-folders.ts).
 */
export function variantPath(
  url: CanonicalUrl,
  format: FormatClass,
  access: 'open' | 'signed',
  endpoint: string,
  engineVersion: string,
  sha256Hex: (text: string) => string,
  generation?: string,
): string {
  const variant = sha256Hex(canonicalText(url)).slice(0, 32);
  const name = (url.varies ? `${variant}-${url.varies}` : variant) + (generation ? `-m${generation}` : '');
  const prefix = assetPrefix(url.assetPath, engineVersion, sha256Hex);
  return `${prefix}${access}/${endpoint}/${name}.${url.fixedFormat ? 'fixed' : format}`;
}

/** The prefix of all stored variants of one asset path, with leading and trailing slash. */
export function assetPrefix(assetPath: string, engineVersion: string, sha256Hex: (text: string) => string): string {
  return `/${engineVersion}/${sha256Hex(assetPath).slice(0, 32)}/`;
}

/** Id of the endpoint that a variant belongs to. @param key without leading slash */
export const endpointOfKey = (key: string): string => key.split('/')[3] || '';

/** The generation in a variant's path or key; empty for one without. */
export const generationInKey = (key: string): string => (/-m([\da-z]+)\.[a-z]+$/.exec(key) || ['', ''])[1] as string;

/** The same key without its generation. */
export const withoutGeneration = (key: string): string => key.replace(/-m[\da-z]+(?=\.[a-z]+$)/, '');

/**
 * The key under which a first answer waits to be asked for again. It begins as the variant's own, so purges find it; no
 * viewer can ask for it, because the edge makes no such path.
 */
export const firstAnswerKey = (key: string): string => key.replace(/[^/]+$/, 'first-$&');

/** The variant's own key, of its first answer's too. */
export const ownKey = (key: string): string => key.replace(/\/first-(?=[^/]+$)/, '/');
