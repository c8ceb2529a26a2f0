/** How much more the second of two costs, from rounds in which both were measured. */
export interface PairedRatio {
  readonly ratio: number;
  /** Bounds of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** 97.5 % of Student's t lie below these, from one degree of freedom to thirty. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/**
 * Mean of the logarithms of the rounds' ratios with Student's interval: what slows a round down slows both of its
 * measurements, and twice as slow counts as much as twice as fast.
 * @throws RangeError for fewer than two rounds, or a measurement that is no positive number
 */
export function pairedRatio(pairs: readonly (readonly [before: number, after: number])[]): PairedRatio {
  if (pairs.length < 2) throw new RangeError('An interval needs at least two rounds.');
  const logs = pairs.map(([before, after]) => {
    if (!(before > 0 && after > 0)) throw new RangeError(`${before} and ${after} have no ratio.`);
    return Math.log(after / before);
  });
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const t = T[logs.length - 2] ?? T.at(-1) ?? Number.NaN;
  const half = t * Math.sqrt(variance / logs.length);
  return { ratio: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half) };
}
