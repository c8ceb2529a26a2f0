import { LIMITS } from '../../contract/limits.ts';
import type { MediaUrl } from '../delivery/media-url.ts';
import { readMediaUrl } from '../delivery/media-url.ts';
import { planOf } from '../delivery/plan-of.ts';
import { findAsSpelled } from '../delivery/spellings.ts';
import { problem } from '../kernel/problems.ts';
import type { PathRecord, StoredContent } from '../library/asset.ts';
import type { Plan } from '../plan/plan.ts';
import { applyHints, readHints } from '../request/client-hints.ts';
import type { FormatClass } from '../request/format-class.ts';
import { formatClass } from '../request/format-class.ts';
import { rewriteUrl } from '../rewriters/rewrite-url.ts';
import type { LocateUrl } from '../settings/endpoints/locate-url.ts';
import type { FindNamed } from '../settings/named-transformations/named-transformation-store.ts';

/** A URL of this deployment, read: what it is about and what it asks for. */
export interface MediaLookup {
  /** Id of the endpoint. */
  readonly endpoint: string;
  readonly url: MediaUrl;
  readonly accepts: FormatClass;
  readonly plan: Plan;
}

export interface LookupDeps {
  readonly locate: LocateUrl;
  readonly findNamed: FindNamed;
  readonly findPath: (path: string) => Promise<PathRecord | undefined>;
  readonly readOriginal: (objectKey: string, maximumBytes: number) => Promise<Uint8Array>;
}

/** Headers that the explained request is supposed to have; names in lower case. */
export type SupposedHeaders = Readonly<Record<string, string>>;

/**
 * Reads a URL that somebody asks about.
 * @throws Problem url.foreign for another host, and what a request for it would be refused with
 */
export async function lookUp(deps: LookupDeps, text: string, headers: SupposedHeaders = {}): Promise<MediaLookup> {
  const { endpoint, settings, path, query } = await deps.locate(text);
  const hints = readHints((name) => headers[name] ?? '');
  const url = rewriteUrl(applyHints(readMediaUrl(path, query, settings), hints, settings.saver), settings);
  const accepts = formatClass(url, headers.accept ?? '', settings.noAvif);
  const { plan } = await planOf(url, settings, deps.findNamed);
  return { endpoint, url, accepts, plan };
}

/** @throws Problem asset.not-found */
export async function findOriginal({ findPath }: LookupDeps, path: string): Promise<PathRecord> {
  const found = Buffer.byteLength(path) > LIMITS.pathBytes ? undefined : await findAsSpelled(findPath, path);
  if (!found) throw problem('asset.not-found', 'No file has this path.');
  return found;
}

/** @throws Problem source.limit */
export async function readOriginal({ readOriginal: read }: LookupDeps, content: StoredContent): Promise<Uint8Array> {
  if (content.size > LIMITS.sourceBytes) {
    throw problem(
      'source.limit',
      `An image may have at most ${LIMITS.sourceBytes} bytes for this, it has ${content.size}.`,
    );
  }
  return read(content.objectKey, LIMITS.sourceBytes);
}
