import { DEFAULT_ENDPOINT } from '../../contract/edge.ts';
import { ENGINE_VERSION } from '../../contract/engine-version.ts';
import { LIMITS } from '../../contract/limits.ts';
import { readCanonicalUrl } from '../delivery/canonical-url.ts';
import { FORMAT_CLASSES } from '../delivery/format-class.ts';
import { sha256Hex } from '../delivery/identify-variant.ts';
import { variantPath } from '../delivery/variant-key.ts';
import { problem } from '../errors.ts';

/** The keys of everything that may be stored for a URL: one for each format that its clients may have negotiated. */
export function variantKeysOf(path: string, query: string): string[] {
  const url = readCanonicalUrl(path, query, LIMITS.urlBytes);
  if (url.fault !== undefined) throw problem('purge.invalid', `url is not valid: ${url.message}`);
  const paths = FORMAT_CLASSES.map((format) =>
    variantPath(url, format, 'open', DEFAULT_ENDPOINT, ENGINE_VERSION, sha256Hex),
  );
  const open = [...new Set(paths)].map((one) => one.slice(1));
  return [...open, ...open.map((key) => key.replace(/^open\//, 'signed/'))];
}
