import type { Curve } from './transfer-curves.ts';

/** Chromaticities of a colour space: x and y of white, red, green and blue (CIE 1931). */
export type Primaries = readonly [white: Point, red: Point, green: Point, blue: Point];
type Point = readonly [x: number, y: number];

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** White of the space that profiles are connected by (ICC.1, section 7.2.16). */
const D50: Vector = [0.9642, 1, 0.8249];

/** Cone responses by which a white is adapted to another (ICC.1, annex E). */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** Entries of a curve that is no power. */
const CURVE_ENTRIES = 1024;

/** A matrix profile (ICC.1, version 2) of a colour space that is known by its chromaticities and its curve. */
export function iccProfile(primaries: Primaries, curve: Curve): Buffer {
  const columns = toD50(primaries);
  const trc = curveTag(curve);
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map(
    (name, index) => [name, xyz(columns[index] as Vector)] as const,
  );
  return assemble('RGB ', [
    ...[red, green, blue].filter((entry) => entry !== undefined),
    ...(['rTRC', 'gTRC', 'bTRC'] as const).map((name) => [name, trc] as const),
  ]);
}

/** A profile of pictures that have brightness only (ICC.1, section 6.3.2.2). */
export const greyProfile = (curve: Curve): Buffer => assemble('GRAY', [['kTRC', curveTag(curve)]]);

/** XYZ of the full primaries, seen under D50. */
function toD50([white, ...primaries]: Primaries): readonly Vector[] {
  const colours = primaries.map(light) as unknown as Matrix;
  const shares = times(inverse(transposed(colours)), light(white));
  const cones = times(BRADFORD, light(white));
  const target = times(BRADFORD, D50);
  const back = inverse(BRADFORD);
  return colours.map((colour, index) => {
    const response = times(BRADFORD, scaled(colour, shares[index] as number));
    const adapted = response.map((value, cone) => (value * (target[cone] as number)) / (cones[cone] as number));
    return times(back, adapted as unknown as Vector);
  });
}

const light = ([x, y]: Point): Vector => [x / y, 1, (1 - x - y) / y];

const scaled = ([a, b, c]: Vector, factor: number): Vector => [a * factor, b * factor, c * factor];

const times = (matrix: Matrix, [a, b, c]: Vector): Vector =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Vector;

const transposed = (rows: Matrix): Matrix =>
  ([0, 1, 2] as const).map((column) => rows.map((row) => row[column])) as unknown as Matrix;

const cross = ([a, b, c]: Vector, [d, e, f]: Vector): Vector => [b * f - c * e, c * d - a * f, a * e - b * d];

function inverse([first, second, third]: Matrix): Matrix {
  const columns = [cross(second, third), cross(third, first), cross(first, second)] as const;
  const determinant = first[0] * columns[0][0] + first[1] * columns[0][1] + first[2] * columns[0][2];
  return transposed(columns.map((column) => scaled(column, 1 / determinant)) as unknown as Matrix);
}

function curveTag(curve: Curve): Buffer {
  const count = Buffer.alloc(4);
  if (typeof curve === 'number') {
    count.writeUInt32BE(1);
    const power = Buffer.alloc(2);
    power.writeUInt16BE(Math.min(0xffff, Math.round(curve * 256)));
    return tag('curv', count, power);
  }
  count.writeUInt32BE(CURVE_ENTRIES);
  const entries = Buffer.alloc(2 * CURVE_ENTRIES);
  for (let index = 0; index < CURVE_ENTRIES; index++) {
    const light = curve(index / (CURVE_ENTRIES - 1));
    entries.writeUInt16BE(Math.round(light * 0xffff), 2 * index);
  }
  return tag('curv', count, entries);
}

/** Fixed-point number: 16 bits before the point, 16 after (ICC.1, section 4.6). */
function s15Fixed16(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
}

function tag(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.alloc(4), ...content]);
  return Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
}

const xyz = (values: Vector): Buffer => tag('XYZ ', ...values.map(s15Fixed16));

function assemble(colours: 'RGB ' | 'GRAY', own: readonly (readonly [string, Buffer])[]): Buffer {
  const text = Buffer.from('\0', 'latin1');
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', tag('desc', Buffer.from([0, 0, 0, text.length]), text, Buffer.alloc(78))],
    ['cprt', tag('text', text)],
    ['wtpt', xyz(D50)],
    ...own,
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  for (const [index, [name, content]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(content.length, 12 + index * 12);
    at += content.length;
  }
  return Buffer.concat([header(colours, at), table, ...tags.map(([, content]) => content)]);
}

function header(colours: string, size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write(`mntr${colours}XYZ `, 12, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  for (const [index, value] of D50.entries()) s15Fixed16(value).copy(bytes, 68 + 4 * index);
  return bytes;
}
