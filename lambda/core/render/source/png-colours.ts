import { inShallowGrey } from './deep-grey.ts';
import { greyProfile, iccProfile, type Primaries } from './icc-profile.ts';
import { chunksOf, PNG_SIGNATURE } from './png-chunks.ts';
import { type Curve, hlg, pq, srgb } from './transfer-curves.ts';

const D65 = [0.3127, 0.329] as const;
const BT_709: Primaries = [D65, [0.64, 0.33], [0.3, 0.6], [0.15, 0.06]];

/** Code points of cICP (ITU-T H.273, table 2): sRGB and video, BT.2020, Display P3. */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  1: BT_709,
  9: [D65, [0.708, 0.292], [0.17, 0.797], [0.131, 0.046]],
  12: [D65, [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]],
};

/** Code points of cICP (table 3): powers, light itself, sRGB, high dynamic range. */
const CURVES: Readonly<Record<number, Curve>> = { 4: 2.2, 5: 2.8, 8: 1, 13: srgb, 16: pq, 18: hlg };

/** How far a gamma may be from that of sRGB to be taken for it, as browsers do. */
const NEAR = 0.01;
const GAMMA_OF_SRGB = 1 / 2.2;

/** Colour types with brightness only (PNG specification, table 9). */
const GREY = [0, 4];

interface ColourSpace {
  readonly primaries: Primaries;
  readonly curve: Curve;
}

/**
 * A PNG whose colours are told by a chunk that decoders leave out (cICP; gAMA with cHRM), as the same file with an ICC
 * profile: from there on it is a picture with a profile like any other, and has one look in every format.
 * The renderer follows no profile of 16 bits of grey: they are converted here, to 8 bits of sRGB.
 * @returns the very same bytes when there is nothing to tell
 */
export async function withColourProfile(bytes: Buffer): Promise<Buffer> {
  const content = new Map<string, Buffer>();
  for (const { type, start, end } of chunksOf(bytes)) {
    if (type === 'IDAT') break;
    if (end <= bytes.length) content.set(type, bytes.subarray(start + 8, end - 4));
  }
  const space = spaceOf(content);
  if (!space) return bytes;
  const [depth, colourType = 0] = content.get('IHDR')?.subarray(8) ?? [];
  if (!GREY.includes(colourType)) return withProfile(bytes, iccProfile(space.primaries, space.curve));
  if (typeof space.curve === 'number' && isUsual(1 / space.curve)) return bytes;
  if (depth === 16) return inShallowGrey(withProfile(bytes, undefined), space.curve);
  return withProfile(bytes, greyProfile(space.curve));
}

const isUsual = (exponent: number): boolean => Math.abs(exponent - GAMMA_OF_SRGB) < NEAR;

/** The chunk that counts, in the order of the specification (third edition, section 4.3). */
function spaceOf(content: ReadonlyMap<string, Buffer>): ColourSpace | undefined {
  const cicp = content.get('cICP');
  const coded = cicp?.length === 4 ? codedSpace(cicp) : undefined;
  if (coded) return coded;
  if (content.has('iCCP') || content.has('sRGB')) return undefined;
  const gamma = content.get('gAMA');
  if (gamma?.length !== 4 || gamma.readUInt32BE() === 0) return undefined;
  const exponent = gamma.readUInt32BE() / 100_000;
  const primaries = chromaticities(content.get('cHRM'));
  if (!primaries && isUsual(exponent)) return undefined;
  return { primaries: primaries ?? BT_709, curve: Math.min(255, 1 / exponent) };
}

function codedSpace([primary = 0, transfer = 0, matrix, fullRange]: Buffer): ColourSpace | undefined {
  const [primaries, curve] = [PRIMARIES[primary], CURVES[transfer]];
  return primaries && curve !== undefined && matrix === 0 && fullRange === 1 ? { primaries, curve } : undefined;
}

/** @returns undefined for those of sRGB, and for what no colours could have */
function chromaticities(chrm: Buffer | undefined): Primaries | undefined {
  if (chrm?.length !== 32) return undefined;
  const at = (index: number): [number, number] => [
    chrm.readUInt32BE(8 * index) / 100_000,
    chrm.readUInt32BE(8 * index + 4) / 100_000,
  ];
  const points = [at(0), at(1), at(2), at(3)] as const;
  const isPossible = points.every(([x, y]) => y > 0.001 && x + y <= 1.001) && area(points) > 0.001;
  const isSrgb = BT_709.every(([x, y], index) => {
    const [ownX, ownY] = points[index] ?? [0, 0];
    return Math.hypot(x - ownX, y - ownY) < NEAR / 2;
  });
  return isPossible && !isSrgb ? points : undefined;
}

const area = ([, [ax, ay], [bx, by], [cx, cy]]: Primaries): number =>
  Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;

/** Chunks that the profile takes the place of. */
const REPLACED = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);

function withProfile(bytes: Buffer, profile: Buffer | undefined): Buffer {
  const parts: Buffer[] = [PNG_SIGNATURE];
  for (const { type, start, end } of chunksOf(bytes)) {
    if (!REPLACED.has(type)) parts.push(bytes.subarray(start, end));
    if (type === 'IHDR' && profile) parts.push(profileChunk(profile));
  }
  return Buffer.concat(parts);
}

function profileChunk(profile: Buffer): Buffer {
  const { crc32, deflateSync } = process.getBuiltinModule('node:zlib');
  const content = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(profile)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length - 4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
