import type { Size } from '../plan/geometry/size.ts';
import { firstAnswerKey } from '../request/variant-key.ts';
import { cacheTagHeader, cacheTagsOf } from './cache-tags.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { findStored, storedDelivery } from './deliver-stored.ts';
import type { Delivery } from './delivery.ts';
import { STAND_IN_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { staysSvg } from './file-kinds.ts';
import type { Made } from './variant-headers.ts';
import type { StoredVariant, StoredWhole } from './variant-store.ts';
import { wholePictureOf } from './whole-picture.ts';

/** Header of an answer with another picture than the one that was asked for: `400 x 300 instead of 512 x 384`. */
const NEAREST_HEADER = 'x-vitrine-nearest';

/** Storage is asked so often for one picture. */
const TRIES = 4;

/** Notes a picture that is stored, if it may stand for another one. */
export async function noteWhole({ wholePictures }: DeliverImageDeps, job: DeliveryJob, image: Made): Promise<void> {
  const size = wholePictures && wholePictureOf(job);
  // Not the file as it is, and nothing that lacks what others have.
  if (!size || staysSvg(job) || image.fallback || image.leftOut || image.limited !== undefined) return;
  if (image.width !== size.width) return;
  const format = job.variant.url.fixedFormat ? `fixed-${image.format}` : job.variant.format;
  await wholePictures?.note(shelfOf(job, format), { ...size, key: job.stored.key });
}

/**
 * Answers with the stored picture that is nearest to the one that was asked for: the smallest that is at least as wide, else the widest. It
 * shows the same version of the same file, whole, in a format that the client takes, and says that it is another one.
 * @returns undefined when there is none, or nothing may stand for what was asked for
 */
export async function deliverNearest(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const asked = deps.wholePictures && wholePictureOf(job);
  if (!asked) return undefined;
  for (const whole of (await nearTo(deps, job, asked)).slice(0, TRIES)) {
    const found = (await findStored(deps, job, whole.key)) ?? (await findStored(deps, job, firstAnswerKey(whole.key)));
    if (found) return asNearest(job, found, `${inWords(whole)} instead of ${inWords(asked)}`);
  }
  return undefined;
}

/** The nearest first. Never rejects: who cannot tell has none. */
async function nearTo(
  { wholePictures, report }: DeliverImageDeps,
  job: DeliveryJob,
  asked: Size,
): Promise<StoredWhole[]> {
  const shelves = formatsFor(job).map((format) => shelfOf(job, format));
  try {
    const found = (await Promise.all(shelves.map((shelf) => wholePictures?.near(shelf, asked.width) ?? []))).flat();
    const wider = found.filter(({ width }) => width >= asked.width).toSorted((a, b) => a.width - b.width);
    const narrower = found.filter(({ width }) => width < asked.width).toSorted((a, b) => b.width - a.width);
    return [...wider, ...narrower];
  } catch (error) {
    report('nearest-variant-unknown', error);
    return [];
  }
}

/** Formats of variants that the client takes: what everybody can show is among them, unless the URL names one. */
function formatsFor({ variant, plan, asset }: DeliveryJob): readonly string[] {
  if (!variant.url.fixedFormat) return [...new Set([variant.format, 'plain'])];
  const { format } = plan.output;
  return [`fixed-${format === 'auto' || format === 'original' ? asset.contentType.replace('image/', '') : format}`];
}

/** A new version, and every other change of the file, begins with an empty shelf. */
const shelfOf = ({ asset, variant }: DeliveryJob, format: string): string =>
  [asset.assetId, asset.revision, variant.endpoint, format].join('#');

function asNearest(job: DeliveryJob, found: StoredVariant, words: string): Delivery {
  const delivery = storedDelivery(job, found);
  const headers = {
    ...delivery.headers,
    ...cacheTagHeader(cacheTagsOf(job.variant, job)),
    'cache-control': STAND_IN_LIVED,
    [NEAREST_HEADER]: words,
  };
  return { ...delivery, headers };
}

const inWords = ({ width, height }: Size): string => `${width} x ${height}`;
