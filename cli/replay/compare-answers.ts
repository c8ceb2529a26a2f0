import type { SeenAnswer } from './seen-answer.ts';
import { differenceOf } from './seen-answer.ts';

/** What two hosts answered to the same URL. */
export interface Comparison {
  readonly path: string;
  readonly before: Omit<SeenAnswer, 'picture'>;
  readonly after: Omit<SeenAnswer, 'picture'>;
  /** Mean difference of the colours in percent, where both are pictures. */
  readonly difference?: number;
  /** What is other; empty for none. */
  readonly faults: readonly string[];
}

/** Bounds of what is still the same. */
export interface Bounds {
  /** Percent. */
  readonly difference: number;
  /** How much larger in bytes, in percent; smaller is no fault. */
  readonly larger: number;
}

/** Compares status, pixels, bytes and what is seen. */
export function compareAnswers(path: string, before: SeenAnswer, after: SeenAnswer, bounds: Bounds): Comparison {
  const difference = before.picture && after.picture && differenceOf(before.picture, after.picture);
  return {
    path,
    before: withoutPicture(before),
    after: withoutPicture(after),
    ...(difference !== undefined && { difference: Math.round(difference * 100) / 100 }),
    faults: before.status === after.status ? faultsOf(before, after, difference, bounds) : [statusFault(before, after)],
  };
}

const withoutPicture = ({ picture: _, ...answer }: SeenAnswer): Omit<SeenAnswer, 'picture'> => answer;

const statusFault = (before: SeenAnswer, after: SeenAnswer): string => `status ${before.status}, now ${after.status}`;

/** Of answers that have the same status. */
function faultsOf(before: SeenAnswer, after: SeenAnswer, difference: number | undefined, bounds: Bounds): string[] {
  if (before.status < 200 || before.status >= 300) return before.status === 0 ? ['nobody answers'] : [];
  const [old, now] = [before.picture, after.picture];
  const growth = (after.bytes / Math.max(before.bytes, 1) - 1) * 100;
  return [
    ...(!old !== !now ? [`${old ? 'a picture' : before.type}, now ${now ? 'a picture' : after.type}`] : []),
    ...(old && now && (old.width !== now.width || old.height !== now.height)
      ? [`${old.width} x ${old.height}, now ${now.width} x ${now.height}`]
      : []),
    ...(growth > bounds.larger ? [`${before.bytes} bytes, now ${after.bytes}`] : []),
    ...(difference !== undefined && difference > bounds.difference ? [`differs by ${difference.toFixed(2)} %`] : []),
  ];
}
