import { IGNORED_METADATA } from '../../contract/edge.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { Delivery } from './delivery.ts';
import { headerText } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isRespelled, isRestricted } from './delivery-job.ts';
import { entityHeaders } from './entity-headers.ts';
import { missTiming, timed } from './server-timing.ts';
import type { StoredVariant } from './variant-store.ts';

/**
 * Answers with what another spelling of the URL has left in storage.
 * @returns undefined when there is nothing
 */
export async function deliverStored(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { stored, variant, isDefault } = job;
  if (deps.storesNothing || stored.key === variant.key || isDefault || isRestricted(job) || isRespelled(job))
    return undefined;
  const found = await findStored(deps, job, stored.key);
  return found && storedDelivery(job, found);
}

/** Of the bytes and headers that lie in storage. */
export function storedDelivery(job: DeliveryJob, found: StoredVariant): Delivery {
  return {
    status: 200,
    headers: {
      ...found.headers,
      'content-length': String(found.size),
      etag: found.etag,
      ...entityHeaders(found.modified),
      'server-timing': missTiming(job.timing),
      ...ignoredHeaders(job, found.headers[METADATA]),
    },
    body: found.body,
    stored: Promise.resolve(),
  };
}

/** Never rejects: what cannot be found is made. */
export async function findStored(
  { variants, report, now }: DeliverImageDeps,
  { timing }: DeliveryJob,
  key: string,
): Promise<StoredVariant | undefined> {
  try {
    return await timed(timing, 'fetch', now, () => variants.find(key));
  } catch (error) {
    report('variant-store-failed', error);
    return undefined;
  }
}

const METADATA = `x-amz-meta-${IGNORED_METADATA}`;

/** What this spelling asked for in vain, before what the stored picture lacks. */
function ignoredHeaders({ plan, stored }: DeliveryJob, kept: string | undefined): Record<string, string> {
  const own = plan.ignored.filter((item) => !stored.ignored.includes(item)).map(encodeURIComponent);
  const all = kept === undefined ? own : [...own, kept];
  if (all.length === 0) return {};
  const text = headerText(all.join(', '));
  return { [METADATA]: text, 'x-vitrine-ignored': text };
}
