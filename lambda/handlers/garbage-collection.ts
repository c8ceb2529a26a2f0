import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * By how many percent the heap may grow from one full collection to the next. With 500 the transformer, whose heap is small,
 * went up and down between 85 and 130 MB in some thousand pictures. With 150 it was marked after every tenth original of 1.2 MB;
 * 200 is 5 MB more, and every thirteenth.
 */
const GROWTH = 200;

/** Bytes at which the young generation is large enough: a request of the API leaves a few megabytes behind. */
const YOUNG_BYTES = 32 * 2 ** 20;

/**
 * Lets V8 collect garbage less often. Left alone it marks the whole heap after every 8 MB of buffers, which is every fourth
 * original: a sixth of the processor time of a small picture. Large buffers still make it collect sooner, so the memory that
 * is needed at most stays the same within 50 MB (both measured on 2000 x 1500 and 12-megapixel JPEGs). An upload of 4 MB passes
 * through the API and the local cloud in several buffers of its size: V8's own threads took half of the processor time of the
 * one and 40 % of that of the other.
 */
export function collectGarbageRarely(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}

/**
 * Ends the growth of V8's young generation. It doubles whenever much survives, within hours up to 128 MB of which a request
 * needs a part; the runtime's own flag for it wins over ours in `NODE_OPTIONS`. To be called now and then (12 microseconds).
 */
export function holdYoungGeneration(): void {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  if (young && young.space_size >= YOUNG_BYTES) setFlagsFromString('--semi-space-growth-factor=1');
}
