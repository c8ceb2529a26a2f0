import { LIMITS } from '../../contract/limits.ts';
import { readCanonicalUrl } from '../delivery/canonical-url.ts';
import { problem } from '../errors.ts';

/**
 * What is to be purged. `url`: the variants of one URL. `prefix`: every asset whose path begins so. The others: every
 * variant of one asset, of all assets in a folder and below, of all assets with a tag.
 */
export type PurgeTarget =
  | { readonly kind: 'url'; readonly path: string; readonly query: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'asset'; readonly fileId: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'tag'; readonly tag: string };

const EXPECTED = 'one of url, fileId, folderPath and tag';

/** ImageKit, "Purge cache": shorter wildcards would empty whole sites by accident. */
const WILDCARD_LEVELS = 2;
const WILDCARD_CHARACTERS = 15;
const FORBIDDEN: ReadonlySet<string> = new Set(['/media/catalog/', '/s/files/']);

/**
 * Reads the body of a purge request. ImageKit knows `url`, which may end in a wildcard; the other members are ours.
 * @param mediaHost host of this deployment's URLs; others are not ours to purge
 * @throws Problem purge.invalid
 */
export function readPurgeTarget(body: unknown, mediaHost: string): PurgeTarget {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const members = ['url', 'fileId', 'folderPath', 'tag'].filter((name) => given[name] !== undefined);
  const [member] = members;
  const value = member === undefined ? undefined : given[member];
  if (members.length !== 1 || typeof value !== 'string' || value === '') {
    throw problem('purge.invalid', `A purge needs exactly ${EXPECTED}, as text.`);
  }
  if (member === 'url') return readUrl(value, mediaHost);
  if (member === 'tag') return { kind: 'tag', tag: value };
  if (member === 'folderPath') return { kind: 'folder', folder: `/${value.split('/').filter(Boolean).join('/')}` };
  if (/^[0-9a-f]{24}$/.test(value)) return { kind: 'asset', fileId: value };
  throw problem('purge.invalid', 'fileId must have 24 hexadecimal characters.');
}

function readUrl(text: string, mediaHost: string): PurgeTarget {
  const match = /^https?:\/\/([^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?$/i.exec(text);
  if (!match || match[1]?.toLowerCase() !== mediaHost.toLowerCase()) {
    throw problem('purge.invalid', `url must be a URL of ${mediaHost}.`);
  }
  const path = match[2] ?? '/';
  const query = match[3];
  const star = text.indexOf('*');
  if (star < 0) return { kind: 'url', path, query: query ?? '' };
  if (star !== text.length - 1 || query !== undefined) {
    throw problem('purge.invalid', 'The wildcard * may only be the last character of the path.');
  }
  return readPrefix(path.slice(0, -1));
}

function readPrefix(raw: string): PurgeTarget {
  const levels = raw.split('/').filter(Boolean).length;
  const isFile = /[^/]\.[A-Za-z0-9]{1,5}$/.test(raw);
  const isAllowed = levels >= WILDCARD_LEVELS || raw.length - 1 >= WILDCARD_CHARACTERS || isFile;
  if (!isAllowed || FORBIDDEN.has(raw)) {
    throw problem(
      'purge.invalid',
      `Before the wildcard * there must be ${WILDCARD_LEVELS} levels, ${WILDCARD_CHARACTERS} characters or a whole file name.`,
    );
  }
  const read = readCanonicalUrl(raw, '', LIMITS.urlBytes);
  if (read.fault !== undefined) throw problem('purge.invalid', `url is not valid: ${read.message}`);
  return { kind: 'prefix', prefix: raw.endsWith('/') ? `${read.assetPath}/` : read.assetPath };
}
