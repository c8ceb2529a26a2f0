import { problem } from '../../kernel/problems.ts';

/** Brands of HEIF files whose pictures are coded with HEVC (ISO/IEC 23008-12, annex B). */
const HEVC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];

/** First bytes of pictures that sharp's prebuilt libvips has no decoder for; `?` stands for any byte. */
const SIGNATURES: readonly (readonly [kind: string, bytes: string])[] = [
  ['JPEG XL', '\xff\x0a'],
  ['JPEG XL', '\0\0\0\x0cJXL '],
  ['JPEG 2000', '\0\0\0\x0cjP  '],
  ['BMP', 'BM????\0\0\0\0'],
  ['ICO', '\0\0\x01\0'],
  ['PSD', '8BPS\0\x01'],
];

/** Which kind a file is of that we know by sight and have no decoder for: it is not damaged, and the client is told so. */
export function unsupportedKind(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 16);
  if (head.slice(4, 8) === 'ftyp') return byBrand(head.slice(8, 12));
  return SIGNATURES.find(([, signature]) => matches(head, signature))?.[0];
}

function byBrand(brand: string): string | undefined {
  if (HEVC_BRANDS.includes(brand)) return 'HEIC';
  return brand === 'avis' ? 'animated AVIF' : undefined;
}

const matches = (head: string, signature: string): boolean =>
  [...signature].every((sign, at) => sign === '?' || sign === head[at]);

/** What decoders say of a picture that is coded in a way they were built without. */
const LACKING = /not configured|not supported|unsupported compression|unimplemented/i;

export const isLacking = (error: unknown): boolean => error instanceof Error && LACKING.test(error.message);

export const unsupported = (kind: string) =>
  problem('source.unsupported', `${kind} pictures cannot be transformed; tr=orig-true delivers the file.`);
