/** Pixels a side of what JPEG encodes at once. */
export const BLOCK = 8;

const [C1 = 0, C2 = 0, C3 = 0, C4 = 0, C5 = 0, C6 = 0, C7 = 0] = Array.from(
  { length: BLOCK - 1 },
  (_, index) => Math.cos(((index + 1) * Math.PI) / 16) / 2,
);

/**
 * JPEG's cosine transform of a block, in place (ITU-T T.81, A.3.3): the sum of squares stays what it was. The frequency of
 * columns rises along a row, that of rows from row to row.
 * @param block 64 values, row by row
 */
export function transformBlock(block: Float64Array): void {
  for (let at = 0; at < BLOCK * BLOCK; at += BLOCK) transformLine(block, at, 1);
  for (let at = 0; at < BLOCK; at++) transformLine(block, at, BLOCK);
}

/** Of eight values, `step` apart: sums of opposite ones give the even frequencies, differences the odd ones. */
function transformLine(block: Float64Array, first: number, step: number): void {
  const v0 = block[first] as number;
  const v1 = block[first + step] as number;
  const v2 = block[first + 2 * step] as number;
  const v3 = block[first + 3 * step] as number;
  const v4 = block[first + 4 * step] as number;
  const v5 = block[first + 5 * step] as number;
  const v6 = block[first + 6 * step] as number;
  const v7 = block[first + 7 * step] as number;
  const outer = v0 + v7 + v3 + v4;
  const inner = v1 + v6 + v2 + v5;
  const outerApart = v0 + v7 - v3 - v4;
  const innerApart = v1 + v6 - v2 - v5;
  block[first] = (outer + inner) * C4;
  block[first + 4 * step] = (outer - inner) * C4;
  block[first + 2 * step] = outerApart * C2 + innerApart * C6;
  block[first + 6 * step] = outerApart * C6 - innerApart * C2;
  const d0 = v0 - v7;
  const d1 = v1 - v6;
  const d2 = v2 - v5;
  const d3 = v3 - v4;
  block[first + step] = d0 * C1 + d1 * C3 + d2 * C5 + d3 * C7;
  block[first + 3 * step] = d0 * C3 - d1 * C7 - d2 * C1 - d3 * C5;
  block[first + 5 * step] = d0 * C5 - d1 * C1 + d2 * C7 + d3 * C3;
  block[first + 7 * step] = d0 * C7 - d1 * C5 + d2 * C3 - d3 * C1;
}
