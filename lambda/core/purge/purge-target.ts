import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import { readCanonicalUrl } from '../request/read-canonical-url.ts';
import type { LocateUrl } from '../settings/endpoints/locate-url.ts';

/**
 * What is to be purged. `url`: the variants of one URL, whose path is without the endpoint's prefix. `prefix`: every
 * asset whose path begins so. `asset`, `folder`, `tag`: every variant of one asset, of all assets in a folder and below,
 * of all assets with a tag. `endpoint`: all that an endpoint delivers. `name`: what was made with a named
 * transformation.
 */
export type PurgeTarget =
  | { readonly kind: 'url'; readonly endpoint: string; readonly path: string; readonly query: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'asset'; readonly fileId: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'endpoint'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string };

const EXPECTED = 'one of url, fileId, folderPath and tag';

/** ImageKit, "Purge cache": shorter wildcards would empty whole sites by accident. */
const WILDCARD_LEVELS = 2;
const WILDCARD_CHARACTERS = 15;
const FORBIDDEN: ReadonlySet<string> = new Set(['/media/catalog/', '/s/files/']);

/**
 * Reads the body of a purge request. ImageKit knows `url`, which may end in a wildcard; the other members are ours.
 * @param locate finds the endpoint of a URL; what is not a URL of ours is not ours to purge
 * @throws Problem purge.invalid or url.foreign
 */
export async function readPurgeTarget(body: unknown, locate: LocateUrl): Promise<PurgeTarget> {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const members = ['url', 'fileId', 'folderPath', 'tag'].filter((name) => given[name] !== undefined);
  const [member] = members;
  const value = member === undefined ? undefined : given[member];
  if (members.length !== 1 || typeof value !== 'string' || value === '') {
    throw problem('purge.invalid', `A purge needs exactly ${EXPECTED}, as text.`);
  }
  if (member === 'url') return readUrl(value, locate);
  if (member === 'tag') return { kind: 'tag', tag: value };
  if (member === 'folderPath') return { kind: 'folder', folder: `/${value.split('/').filter(Boolean).join('/')}` };
  if (/^[0-9a-f]{24}$/.test(value)) return { kind: 'asset', fileId: value };
  throw problem('purge.invalid', 'fileId must have 24 hexadecimal characters.');
}

async function readUrl(text: string, locate: LocateUrl): Promise<PurgeTarget> {
  const star = text.indexOf('*');
  const { endpoint, path, query } = await locate(text);
  if (star < 0) return { kind: 'url', endpoint, path, query };
  if (star !== text.length - 1 || text.includes('?')) {
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
