import type { OutputFormat } from '../../plan/plan.ts';

/** With how much care a picture is encoded: for the answer that is waited for, or for the store, within a budget. */
export type EncodingCare = 'first' | 'normal' | 'most';

/** One way to encode a picture better than its first answer. */
export interface BetterEncoding {
  /** The encoder's own number; of JPEG and PNG there is one better way only. */
  readonly effort: number;
  /** Seconds of one processor, a busy picture. */
  readonly seconds: number;
  /** Share of the first answer's bytes that it saves at an equal score, on average. */
  readonly saves: number;
}

/** Seconds of one processor that a better encoding of one picture may take. */
const BUDGET_SECONDS = { normal: 2, most: 8 } as const;

/** Seconds for a pixel. */
interface Rung extends Omit<BetterEncoding, 'seconds'> {
  readonly each: number;
}

/**
 * Better ways, the cheapest first. Times are of one processor and a busy picture, shares of bytes at equal SSIMULACRA2 over the
 * corpus of docs/performance.md. GIF has none: its palettes are sought as well as they can be at once.
 */
const RUNGS: Readonly<Record<OutputFormat, readonly Rung[]>> = {
  jpeg: [{ effort: 0, each: 0.15e-6, saves: 0.12 }],
  png: [{ effort: 0, each: 0.9e-6, saves: 0.05 }],
  webp: [{ effort: 6, each: 0.4e-6, saves: 0.03 }],
  avif: [
    { effort: 1, each: 0.3e-6, saves: 0.07 },
    { effort: 2, each: 0.5e-6, saves: 0.11 },
    { effort: 3, each: 1.15e-6, saves: 0.21 },
    { effort: 4, each: 6e-6, saves: 0.23 },
    { effort: 6, each: 16e-6, saves: 0.26 },
  ],
  gif: [],
};

/**
 * The best encoding of a picture that its budget allows.
 * @param pixels of all frames
 * @returns undefined where there is none: the first answer is as good as it gets
 */
export function betterEncoding(
  format: OutputFormat,
  pixels: number,
  care: Exclude<EncodingCare, 'first'>,
): BetterEncoding | undefined {
  const rung = RUNGS[format].findLast(({ each }) => each * pixels <= BUDGET_SECONDS[care]);
  return rung && { effort: rung.effort, seconds: rung.each * pixels, saves: rung.saves };
}
