import { Problem, problem } from '../kernel/problems.ts';
import type { ClientHints } from '../request/client-hints.ts';
import type { MediaAddress } from '../request/judge-url.ts';
import { SIGNATURE_NEEDED } from '../request/judge-url.ts';
import { admitUrl } from './admit-url.ts';
import { cacheTagHeader, cacheTagsOf, tagsInUse } from './cache-tags.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { deliverOriginal } from './deliver-original.ts';
import { deliverRendered } from './deliver-rendered.ts';
import { deliverStored } from './deliver-stored.ts';
import type { Delivery } from './delivery.ts';
import { errorDelivery, sameUrlDelivery, withoutBody } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { hidesFile, isRespelled, isRestricted } from './delivery-job.ts';
import { knownFallback } from './fallback.ts';
import { asksForThumbnail, passesThrough, staysSvg, unmetItems } from './file-kinds.ts';
import { findDeliverable } from './find-deliverable.ts';
import { forgetIfChanged } from './forget-if-changed.ts';
import type { Variant } from './identify-variant.ts';
import { identifyVariant } from './identify-variant.ts';
import { planOf } from './plan-of.ts';
import type { Timing } from './server-timing.ts';
import { timed } from './server-timing.ts';
import { composedUrlPath } from './spellings.ts';
import { storedAs } from './stored-as.ts';

/** A media request as the edge hands it on. */
export interface MediaRequest {
  readonly method: string;
  /** The variant's path, made by the edge. */
  readonly path: string;
  /** What the viewer asked for, raw. Undefined when the edge's header is missing or damaged. */
  readonly asked: MediaAddress | undefined;
  readonly hints: ClientHints;
  /** The viewer's address; undefined when the CDN does not tell it. */
  readonly address?: string | undefined;
}

/** How far a request has come: what is known of it when it fails. */
interface Progress {
  variant?: Variant;
  job?: DeliveryJob;
}

/** Tries for an asset that changes during the work. The last answer is sent uncached. */
const ATTEMPTS = 3;

/**
 * Answers a media request that found no stored variant. Never rejects: what the client did wrong is a 4xx with its
 * reason, anything else is reported and answered with a 500 that says nothing.
 */
export async function deliverImage(deps: DeliverImageDeps, request: MediaRequest): Promise<Delivery> {
  const timing: Timing = { fetch: 0, transform: 0 };
  const progress: Progress = {};
  const delivery = await deliver(deps, request, timing, progress).catch((error: unknown) =>
    withTags(failure(deps, error, timing), progress),
  );
  const answer = { ...delivery, afterwards: (out?: number) => forgetIfChanged(deps, delivery, progress.job, out) };
  return request.method === 'HEAD' ? withoutBody(answer) : answer;
}

async function deliver(
  deps: DeliverImageDeps,
  request: MediaRequest,
  timing: Timing,
  progress: Progress,
): Promise<Delivery> {
  const { method, path, asked, hints, address } = request;
  if (method !== 'GET' && method !== 'HEAD') throw problem('method.not-allowed', 'Media are read with GET or HEAD.');
  if (!asked) throw problem('key.mismatch', 'The request did not come through the CDN.');
  const { admitted, variant } = await identify(deps, path, asked, hints);
  progress.variant = variant;
  const noted = noteKeyUse(deps, admitted.key);
  for (let attempt = 1; ; attempt++) {
    const { plan, names } = await planOf(variant.url, variant.settings, deps.findNamed);
    const found = await timed(timing, 'fetch', deps.now, () => findDeliverable(deps.assets, variant, plan));
    await deps.checkAccess(variant.key, found.asset);
    const stored = await storedAs({ ...found, variant, plan, names });
    const request = { variant, stored, plan, names, asked, address, timing };
    const job = { ...found, ...request, used: new Map(), seen: {}, last: attempt === ATTEMPTS };
    // Without a signature such a file is seen through the owner's named transformations only, never as it is.
    const isBare = passesThrough(job) || (isRestricted(job) && staysSvg(job));
    if (hidesFile(job) && isBare) throw problem('asset.private', SIGNATURE_NEEDED);
    progress.job = job;
    const respelled = isRespelled(job) ? composedUrlPath(asked.path) : asked.path;
    if (respelled !== asked.path && variant.access === 'open') {
      return sameUrlDelivery({ ...asked, path: respelled }, timing);
    }
    const delivery = await answerNoted(deps, job);
    if (delivery) return { ...delivery, stored: Promise.all([delivery.stored, noted]).then(() => {}) };
  }
}

/** Begins early, because most of it is known; what the picture was made of beside is known after it. */
function answerNoted(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  void deps.tagUse.note(tagsInUse(job)).catch(() => {}); // Told below, where it is waited for.
  return answer(deps, job).finally(() => deps.tagUse.note(tagsInUse(job)));
}

async function answer(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const stored = await deliverStored(deps, job);
  if (stored) return stored;
  const fallback = knownFallback(job);
  if (fallback) return deliverOriginal(deps, { ...job, fallback });
  if (!passesThrough(job) || asksForThumbnail(job)) return deliverRendered(deps, job);
  return deliverOriginal(deps, { ...job, unmet: unmetItems(job) });
}

/** A mismatch may come from settings that the edge has and this function has not read yet: they are read again once. */
async function identify(deps: DeliverImageDeps, path: string, asked: MediaAddress, hints: ClientHints) {
  const judge = async () => {
    const admitted = await admitUrl(deps, asked);
    return { admitted, variant: identifyVariant(path, admitted, hints) };
  };
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'key.mismatch') throw error;
    deps.settings.invalidate();
    return judge();
  }
}

/** Never rejects: a picture does not wait for a note about its key. */
async function noteKeyUse({ noteKey, clock, report }: DeliverImageDeps, key: string): Promise<void> {
  if (key) await noteKey(key, clock()).catch((error: unknown) => report('key-use-failed', error));
}

/** A kept error, too, is purged when its asset changes. */
function withTags(delivery: Delivery, { variant, job }: Progress): Delivery {
  if (!variant) return delivery;
  return { ...delivery, headers: { ...delivery.headers, ...cacheTagHeader(cacheTagsOf(variant, job)) } };
}

function failure(deps: DeliverImageDeps, error: unknown, timing: Timing): Delivery {
  if (error instanceof Problem) return errorDelivery(error, timing);
  deps.report('delivery-failed', error);
  return errorDelivery(problem('internal', 'The picture could not be delivered.'), timing);
}
