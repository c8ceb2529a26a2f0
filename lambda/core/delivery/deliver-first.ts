import { IMPROVABLE_METADATA } from '../../contract/edge.ts';
import { firstAnswerKey } from '../request/variant-key.ts';
import { betterOf, FIRST_MILLISECONDS, pays } from './better-variant.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { findStored, storedDelivery } from './deliver-stored.ts';
import type { Delivery } from './delivery.ts';
import { LONG_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isRespelled, isRestricted } from './delivery-job.ts';
import { storeBetter } from './store-better.ts';
import type { StoredVariant } from './variant-store.ts';
import { whileCurrent } from './while-current.ts';

/** The answer that an earlier request left beside the variant's key. Never rejects. */
export async function findFirst(deps: DeliverImageDeps, job: DeliveryJob): Promise<StoredVariant | undefined> {
  if (deps.encoding.level !== 'normal' || job.isDefault || isRestricted(job) || isRespelled(job)) return undefined;
  return findStored(deps, job, firstAnswerKey(job.stored.key));
}

/**
 * Answers with the first answer again, and decides meanwhile what is stored for good: a better encoding, if it pays by how soon the
 * picture was asked for again, else the first.
 */
export function deliverFirst(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  first: StoredVariant,
  source: Uint8Array,
): Delivery {
  return { ...storedDelivery(job, first), stored: settle(deps, job, first, source) };
}

/** Never rejects. What fails here is tried again when the picture is next asked for. */
async function settle(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  first: StoredVariant,
  source: Uint8Array,
): Promise<void> {
  const age = deps.clock() - first.modified;
  if (age < FIRST_MILLISECONDS) return;
  const key = firstAnswerKey(job.stored.key);
  try {
    if (!(deservesBetter(deps, first, age) && (await storeBetter(deps, job, source, asAnswered(first)))))
      await keepFirst(deps, job, first, key);
    await deps.variants.remove(key);
  } catch (error) {
    deps.report('variant-store-failed', error);
  }
}

function deservesBetter({ encoding }: DeliverImageDeps, { headers, size }: StoredVariant, age: number): boolean {
  const format = contentTypeOf(headers).replace('image/', '');
  const better = betterOf(encoding, format, Number(headers[IMPROVABLE]));
  return better !== undefined && pays(encoding, better, size, age);
}

async function keepFirst(deps: DeliverImageDeps, job: DeliveryJob, first: StoredVariant, from: string): Promise<void> {
  const { [IMPROVABLE]: _, ...headers } = first.headers;
  const { key } = job.stored;
  await whileCurrent(deps, job, key, () => deps.variants.copy(from, key, { ...headers, 'cache-control': LONG_LIVED }));
}

const IMPROVABLE = `x-amz-meta-${IMPROVABLE_METADATA}`;

const asAnswered = ({ headers, size }: StoredVariant) => ({ contentType: contentTypeOf(headers), size });

const contentTypeOf = (headers: StoredVariant['headers']): string => headers['content-type'] ?? '';
