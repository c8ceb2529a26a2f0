import { firstAnswerKey } from '../request/variant-key.ts';
import type { Fate } from './better-variant.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { LONG_LIVED, SHORT_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { noteWhole } from './nearest-variant.ts';
import { recordDependencies } from './record-dependencies.ts';
import { storeBetter } from './store-better.ts';
import { type Made, variantHeaders } from './variant-headers.ts';
import type { VariantHeaders } from './variant-store.ts';
import { whileCurrent } from './while-current.ts';

/** A picture that was answered with, and what became of it. */
export interface AnsweredPicture {
  readonly image: Made;
  readonly source: Uint8Array;
  readonly fate: Fate;
}

/** Stores a picture: for good, until it is asked for again, or with its better encoding right behind. Never rejects: the answer is out. */
export async function storeVariant(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  { image, source, fate }: AnsweredPicture,
): Promise<void> {
  const { key, ignored } = job.stored;
  const headersFor = (life: string) => variantHeaders(job, image, ignored, life);
  const putFor = (life: string) =>
    whileCurrent(deps, job, key, () => deps.variants.put(key, image.bytes, headersFor(life)));
  try {
    await recordDependencies(deps, job);
    await noteWhole(deps, job, image);
    if (fate === 'final') await putFor(LONG_LIVED);
    if (fate === 'waits') await putFirst(deps, job, image, headersFor(SHORT_LIVED));
    if (fate !== 'followed' || !(await putFor(SHORT_LIVED))) return;
    if (!(await storeBetter(deps, job, source, { ...image, size: image.bytes.byteLength }))) await putFor(LONG_LIVED);
  } catch (error) {
    deps.report('variant-store-failed', error);
  }
}

function putFirst(deps: DeliverImageDeps, job: DeliveryJob, image: Made, headers: VariantHeaders): Promise<boolean> {
  const key = firstAnswerKey(job.stored.key);
  const { pixels } = image.improvable ?? { pixels: 0 };
  return whileCurrent(deps, job, key, () =>
    deps.variants.put(key, image.bytes, { ...headers, improvablePixels: pixels }),
  );
}

/** Records which default image an answer shows. Never rejects. */
export async function noteStandIn(deps: DeliverImageDeps, job: DeliveryJob): Promise<void> {
  const used = new Map([...job.used, [job.asset.path, job.asset] as const]);
  await recordDependencies(deps, { ...job, used }).catch((error: unknown) =>
    deps.report('variant-store-failed', error),
  );
}
