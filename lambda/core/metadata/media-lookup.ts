import { LIMITS } from '../../contract/limits.ts';
import { expandBuiltInNames } from '../delivery/built-in-names.ts';
import type { MediaUrl } from '../delivery/media-url.ts';
import { readMediaUrl } from '../delivery/media-url.ts';
import { problem } from '../errors.ts';
import type { PathRecord, StoredContent } from '../library/asset.ts';
import type { Plan } from '../transform/plan.ts';
import { readPlan } from '../transform/read-plan.ts';

/** A URL of this deployment, read: what it is about and what it asks for. */
export interface MediaLookup {
  readonly url: MediaUrl;
  readonly plan: Plan;
}

export interface LookupDeps {
  readonly findPath: (path: string) => Promise<PathRecord | undefined>;
  readonly readOriginal: (objectKey: string, maximumBytes: number) => Promise<Uint8Array>;
}

/**
 * Reads a URL that somebody asks about.
 * @throws Problem url.foreign for another host, and what a request for it would be refused with
 */
export function lookUp(url: string, mediaHost: string): MediaLookup {
  const match = /^https?:\/\/([^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i.exec(url);
  if (!match || match[1]?.toLowerCase() !== mediaHost.toLowerCase()) {
    throw problem('url.foreign', `url must be a URL of ${mediaHost}.`);
  }
  // People paste what browsers show: spaces and letters beyond ASCII travel escaped.
  const escaped = (text: string) => text.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  const read = readMediaUrl(escaped(match[2] ?? '/'), escaped(match[3] ?? ''));
  return { url: read, plan: readPlan(expandBuiltInNames(read.steps)) };
}

/** @throws Problem asset.not-found */
export async function findOriginal({ findPath }: LookupDeps, path: string): Promise<PathRecord> {
  const found = Buffer.byteLength(path) > LIMITS.pathBytes ? undefined : await findPath(path);
  if (!found) throw problem('asset.not-found', 'No file has this path.');
  return found;
}

/** @throws Problem source.limit */
export async function readOriginal({ readOriginal: read }: LookupDeps, content: StoredContent): Promise<Uint8Array> {
  if (content.size > LIMITS.sourceBytes) {
    throw problem('source.limit', `An image may have ${LIMITS.sourceBytes} bytes for this, it has ${content.size}.`);
  }
  return read(content.objectKey, LIMITS.sourceBytes);
}
