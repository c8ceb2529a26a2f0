import { FALLBACK_REGION, REGION_HEADER } from '../../contract/edge.ts';
import type { MediaRequest } from './deliver-image.ts';
import { deliverImage } from './deliver-image.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { Delivery } from './delivery.ts';
import { STAND_IN_LIVED } from './delivery.ts';
import type { Replica } from './replica-access.ts';
import type { VariantStore } from './variant-store.ts';

/** What the answer from a copy needs: whatever delivery writes is missing. */
export type ReplicaDeliveryDeps = Replica &
  Omit<
    DeliverImageDeps,
    keyof Replica | 'variants' | 'storesNothing' | 'dependencies' | 'tagUse' | 'queueInvalidation' | 'noteKey'
  >;

/** Seconds for which anybody may keep an answer: then the region is asked again, or this one. */
const LONGEST_LIFE = 60;

/**
 * Answers a media request of a region that is down from its copy: as its own transformer would, but nothing is stored and nothing is noted, and
 * every answer has a short life. Never rejects.
 */
export async function deliverFromReplica(deps: ReplicaDeliveryDeps, request: MediaRequest): Promise<Delivery> {
  const { status, headers, body } = await deliverImage({ ...deps, ...WRITING_NOTHING }, request);
  return {
    ...{ status, body, stored: Promise.resolve() },
    headers: { ...headers, 'cache-control': shortened(headers['cache-control']), [REGION_HEADER]: FALLBACK_REGION },
  };
}

function shortened(life = 'no-store'): string {
  const seconds = [...life.matchAll(/max-?age=(\d+)/g)].map(([, number]) => Number(number));
  return seconds.some((one) => one > LONGEST_LIFE) ? STAND_IN_LIVED : life;
}

const nothing = async (): Promise<void> => {};

const never = (): never => {
  throw new Error('A region that is not the file’s own stores nothing.');
};

const NO_STORE: VariantStore = {
  find: async () => undefined,
  put: never,
  copy: never,
  copyOriginal: never,
  open: never,
  remove: never,
};

const WRITING_NOTHING = {
  storesNothing: true,
  variants: NO_STORE,
  dependencies: { record: nothing },
  tagUse: { note: nothing },
  queueInvalidation: nothing,
  noteKey: nothing,
} as const;
