import { once } from '../kernel/once.ts';
import { Problem } from '../kernel/problems.ts';
import { readPlan } from '../plan/read-plan.ts';
import { render } from './render.ts';
import { guardSource } from './source/guard.ts';
import { readHeader } from './source/header.ts';
import { type ImageFacts, readFacts } from './source/inspect.ts';

/**
 * What a file is to the renderer. `beyond`: valid, as far as can be told, and only over a limit or without a decoder; it can
 * be stored, and is delivered as it is. `broken`: damaged, cut off or made to harm. Facts are there when its header has them.
 */
export type ImageCheck =
  | { readonly verdict: 'usable'; readonly facts: ImageFacts }
  | { readonly verdict: 'beyond'; readonly reason: string; readonly facts?: ImageFacts }
  | { readonly verdict: 'broken'; readonly reason: string };

export type CheckImage = (bytes: Uint8Array) => Promise<ImageCheck>;

/** Sixteen pixels of every frame: all that is there is decoded for it, down to the end of the file. */
const trial = once(() => readPlan([['w-16', 'h-16', 'c-at_max', 'f-webp']]));

/** By the header alone, for files that are about to be rendered anyway. Never rejects for bytes, whatever they are. */
export const checkHeader: CheckImage = async (bytes) => {
  try {
    const facts = await readFacts(bytes);
    return facts.contentType === 'image/svg+xml' ? { verdict: 'usable', facts } : await guarded(bytes, facts);
  } catch (error) {
    return verdictOf(error, undefined);
  }
};

/**
 * As a delivery would find it out: what can be decoded here to its end can be delivered, and what is cut off is refused at the
 * door, where it can be mended. An SVG is not drawn.
 */
export const checkImage: CheckImage = async (bytes) => {
  const known = await checkHeader(bytes);
  if (known.verdict !== 'usable' || known.facts.contentType === 'image/svg+xml') return known;
  try {
    await render(bytes, trial(), 'webp');
    return known;
  } catch (error) {
    return verdictOf(error, known.facts);
  }
};

async function guarded(bytes: Uint8Array, facts: ImageFacts): Promise<ImageCheck> {
  try {
    guardSource(await readHeader(bytes), facts.frames);
    return { verdict: 'usable', facts };
  } catch (error) {
    return verdictOf(error, facts);
  }
}

/** A limit that is passed before a header could be read is a trap: metadata that inflate, bytes without end. */
function verdictOf(error: unknown, facts: ImageFacts | undefined): ImageCheck {
  if (!(error instanceof Problem)) throw error;
  const isBroken = error.code === 'source.unreadable' || (error.code === 'source.limit' && !facts);
  if (isBroken) return { verdict: 'broken', reason: error.message };
  return { verdict: 'beyond', reason: error.message, ...(facts && { facts }) };
}
