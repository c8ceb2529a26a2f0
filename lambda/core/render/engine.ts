import { AsyncLocalStorage } from 'node:async_hooks';
import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import { isLacking, unsupported } from './source/unsupported.ts';

/**
 * How the process uses sharp. One thread: AVIF bytes depend on the number of threads, and a variant must have the same
 * bytes on every machine. No cache: requests for one source come too far apart, and memory is the scarcer thing.
 */
sharp.concurrency(1);
sharp.cache(false);
sharp.simd(true);

/**
 * Only these decoders may look at a stranger's bytes here. SVG is missing on purpose: 600 bytes of it can keep a
 * processor busy for a minute, and no limit of sharp's reaches inside; a child process draws it (isolation.ts).
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
  ],
});

/** Where a call's pixels come from: a stranger's file, which may be damaged, or our own memory, which may not. */
export type PixelOrigin = 'source' | 'memory';

/**
 * Runs a sharp call under the render's time limit.
 * @throws render.timeout, or source.unreadable when the decoder refuses the source
 */
export async function run(image: Sharp, origin: PixelOrigin): Promise<{ data: Buffer; info: OutputInfo }> {
  const render = renders.getStore();
  if (render?.isOver) throw timeout();
  try {
    return await image
      .timeout({ seconds: Math.ceil((render?.milliseconds ?? LIMITS.renderMilliseconds) / 1000) })
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout')) throw timeout(error);
    if (origin === 'source') throw isLacking(error) ? unsupported('Such') : unreadable(error);
    throw error;
  }
}

export const unreadable = (cause?: unknown) =>
  problem('source.unreadable', 'The source is damaged, cut off, or no image of a kind that can be transformed.', {
    cause,
  });

/** The render that a call belongs to. */
const renders = new AsyncLocalStorage<{ isOver: boolean; readonly milliseconds: number }>();

/**
 * The limit of a whole render. sharp's own limit is for one call, and a slow encoder does not check it. The client gets
 * its answer in time; the running call ends by itself, and no other begins.
 * @throws render.timeout
 */
export async function withinTimeLimit<Value>(
  work: () => Promise<Value>,
  milliseconds: number = LIMITS.renderMilliseconds,
): Promise<Value> {
  const state = { isOver: false, milliseconds };
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      state.isOver = true;
      reject(timeout());
    }, milliseconds);
  });
  try {
    return await Promise.race([renders.run(state, work), limit]);
  } finally {
    clearTimeout(timer);
  }
}

export const timeout = (cause?: unknown) =>
  problem('render.timeout', `A render may take ${LIMITS.renderMilliseconds / 1000} seconds, this one took longer.`, {
    cause,
  });
