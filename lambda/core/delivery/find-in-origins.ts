import { LIMITS } from '../../contract/limits.ts';
import type { ProblemCode } from '../kernel/problems.ts';
import { Problem, problem } from '../kernel/problems.ts';
import type { Report } from '../kernel/report.ts';
import type { Content } from '../library/asset.ts';
import type { ContentTools } from '../library/file-content.ts';
import { readContent } from '../library/file-content.ts';
import type { StoredOrigin } from '../settings/origins/origin.ts';
import type { OriginCache } from '../settings/origins/origin-cache.ts';
import type { FetchedObject, NotFetched, OriginFetcher, OriginQuestion } from '../settings/origins/origin-fetcher.ts';
import type { OriginDirectory } from '../settings/origins/origin-store.ts';

export interface FindInOriginsDeps extends ContentTools {
  readonly directory: Pick<OriginDirectory, 'ofEndpoint'>;
  readonly fetcher: OriginFetcher;
  readonly cache: OriginCache;
  readonly report: Report;
}

/** A file that an origin has. */
export interface OriginFile {
  readonly stored: StoredOrigin;
  readonly object: FetchedObject;
  readonly content: Content;
}

/**
 * Asks an endpoint's origins in their order; the first that has the file wins. An origin that denies may just hide that
 * it has no such file (S3 without the right to list does), so the next one is asked. One that is down or misbehaves ends
 * the search: otherwise another origin's file would be delivered, and kept for a year, because of a hiccup.
 * @returns undefined when no origin has the file, or there are none
 * @throws origin.denied, origin.unreachable, origin.late, origin.broken or source.limit
 */
export async function findInOrigins(
  deps: FindInOriginsDeps,
  endpointId: string,
  question: OriginQuestion,
): Promise<OriginFile | undefined> {
  let denied = false;
  for (const stored of await deps.directory.ofEndpoint(endpointId)) {
    const outcome = await cachedOrFetched(deps, stored, question);
    if ('content' in outcome) return outcome;
    if (outcome.outcome === 'denied') denied = true;
    else if (outcome.outcome !== 'missing') throw failure(outcome.outcome);
  }
  if (denied) throw problem('origin.denied', 'An origin denies access to the file.');
  return undefined;
}

async function cachedOrFetched(
  deps: FindInOriginsDeps,
  stored: StoredOrigin,
  question: OriginQuestion,
): Promise<OriginFile | NotFetched> {
  const { path } = question;
  const keeps = stored.origin.keepOriginals;
  const present = keeps ? await deps.cache.find(stored, path).catch(reportTo(deps, 'origin-cache-unread')) : undefined;
  const outcome = present ?? (await deps.fetcher.fetch(stored, question));
  if (outcome.outcome !== 'found') return outcome;
  const content = await contentOf(deps, outcome, path);
  if (keeps && !present) await deps.cache.put(stored, path, outcome).catch(reportTo(deps, 'origin-cache-unwritten'));
  return { stored, object: outcome, content };
}

/** A file that is none of what its name says, or of which a part is missing: the next transfer may be whole. */
const BROKEN: readonly ProblemCode[] = ['upload.not-an-image', 'upload.broken-image'];

/** What the bytes are, whatever the origin says. A page with an error text under an image's name is not delivered. */
async function contentOf(tools: ContentTools, { bytes, contentType }: FetchedObject, path: string): Promise<Content> {
  const name = path.replace(/[?#].*$/, '').replace(/^.*\//, '');
  try {
    return await readContent(tools, bytes, name, contentType);
  } catch (cause) {
    if (!(cause instanceof Problem) || !BROKEN.includes(cause.code)) throw cause;
    throw problem('origin.broken', 'The origin did not answer with an image.', {
      cause,
    });
  }
}

/** What is answered when a file was not fetched, though it may be there. */
export function failure(outcome: Exclude<NotFetched['outcome'], 'missing' | 'denied'>): Problem {
  switch (outcome) {
    case 'changed':
      return problem('origin.changed', 'The file has changed at its origin since it was imported; import it again.');
    case 'unreachable':
      return problem('origin.unreachable', 'An origin cannot be reached.');
    case 'late':
      return problem('origin.late', 'An origin took too long to answer.');
    case 'broken':
      return problem('origin.broken', 'An origin gave an invalid response.');
    case 'endless':
      return problem('origin.broken', `An origin sent more than ${LIMITS.sourceBytes} bytes without saying how many.`);
    case 'too-large':
      return problem('source.limit', `A file of an origin may have at most ${LIMITS.sourceBytes} bytes.`);
  }
}

function reportTo({ report }: FindInOriginsDeps, event: string): (error: unknown) => undefined {
  return (error) => {
    report(event, error);
  };
}
