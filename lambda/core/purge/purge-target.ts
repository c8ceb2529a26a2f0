import type { RewriterSettings } from '../../contract/edge.ts';
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
  | {
      readonly kind: 'url';
      readonly endpoint: string;
      readonly path: string;
      readonly query: string;
      /** What the endpoint decides about the meaning of its URLs. */
      readonly snap?: number;
      readonly rewriter?: RewriterSettings;
    }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'asset'; readonly fileId: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'endpoint'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string };

/** What a caller asks to purge: exactly one of these. ImageKit knows `url`, which may end in a wildcard; the others are ours. */
export type PurgeInput =
  | { readonly url: string }
  | { readonly fileId: string }
  | { readonly folderPath: string }
  | { readonly tag: string };

/** ImageKit, "Purge cache": shorter wildcards would empty whole sites by accident. */
const WILDCARD_LEVELS = 2;
const WILDCARD_CHARACTERS = 15;
const FORBIDDEN: ReadonlySet<string> = new Set(['/media/catalog/', '/s/files/']);

/**
 * @param locate finds the endpoint of a URL; what is not a URL of ours is not ours to purge
 * @throws Problem purge.invalid or url.foreign
 */
export async function toPurgeTarget(input: PurgeInput, locate: LocateUrl): Promise<PurgeTarget> {
  if ('url' in input) return readUrl(input.url, locate);
  if ('tag' in input) return { kind: 'tag', tag: input.tag };
  if ('fileId' in input) return { kind: 'asset', fileId: input.fileId };
  return { kind: 'folder', folder: `/${input.folderPath.split('/').filter(Boolean).join('/')}` };
}

async function readUrl(text: string, locate: LocateUrl): Promise<PurgeTarget> {
  const star = text.indexOf('*');
  const { endpoint, settings, path, query } = await locate(text);
  if (star < 0) {
    const { snap, rewriter } = settings;
    return { kind: 'url', endpoint, path, query, ...(snap && { snap }), ...(rewriter && { rewriter }) };
  }
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
  const read = readCanonicalUrl(raw, '', LIMITS.urlBytes, {});
  if (read.refusal !== undefined) throw problem('purge.invalid', `url is not valid: ${read.reason}`);
  return { kind: 'prefix', prefix: raw.endsWith('/') ? `${read.assetPath}/` : read.assetPath };
}
