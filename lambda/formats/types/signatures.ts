/** Bytes that prove a type: `at` is the offset, `bytes` latin-1 text in which `?` stands for any byte. */
interface Signature {
  readonly contentType: string;
  readonly at?: number;
  readonly bytes: string;
}

/** Brands of the ISO base media container (ISO/IEC 14496-12, `ftyp` box), by registered four-character code. */
const BRANDS: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  hevc: 'image/heic-sequence',
  mif1: 'image/heif',
  msf1: 'image/heif-sequence',
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/mp4',
  'M4V ': 'video/mp4',
  '3gp4': 'video/3gpp',
  '3gp5': 'video/3gpp',
};

/** From the formats' own specifications; longer signatures stand before shorter ones that they begin with. */
const SIGNATURES: readonly Signature[] = [
  { contentType: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { contentType: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { contentType: 'image/gif', bytes: 'GIF87a' },
  { contentType: 'image/gif', bytes: 'GIF89a' },
  { contentType: 'image/webp', bytes: 'RIFF????WEBP' },
  { contentType: 'image/tiff', bytes: 'II*\0' },
  { contentType: 'image/tiff', bytes: 'MM\0*' },
  // BigTIFF, whose offsets have 64 bits.
  { contentType: 'image/tiff', bytes: 'II+\0' },
  { contentType: 'image/tiff', bytes: 'MM\0+' },
  { contentType: 'image/vnd.adobe.photoshop', bytes: '8BPS\0\x01' },
  { contentType: 'image/x-icon', bytes: '\0\0\x01\0' },
  { contentType: 'image/jxl', bytes: '\0\0\0\x0cJXL \r\n\x87\n' },
  { contentType: 'image/jxl', bytes: '\xff\x0a' },
  { contentType: 'image/jp2', bytes: '\0\0\0\x0cjP  \r\n\x87\n' },
  { contentType: 'image/bmp', bytes: 'BM????\0\0\0\0' },
  { contentType: 'application/pdf', bytes: '%PDF-' },
  { contentType: 'application/postscript', bytes: '%!PS' },
  { contentType: 'application/zip', bytes: 'PK\x03\x04' },
  { contentType: 'application/zip', bytes: 'PK\x05\x06' },
  { contentType: 'application/gzip', bytes: '\x1f\x8b\x08' },
  { contentType: 'application/x-7z-compressed', bytes: "7z\xbc\xaf'\x1c" },
  { contentType: 'application/vnd.rar', bytes: 'Rar!\x1a\x07' },
  { contentType: 'application/x-bzip2', bytes: 'BZh' },
  { contentType: 'application/x-xz', bytes: '\xfd7zXZ\0' },
  { contentType: 'application/zstd', bytes: '\x28\xb5\x2f\xfd' },
  { contentType: 'application/x-tar', at: 257, bytes: 'ustar' },
  { contentType: 'application/x-ole-storage', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { contentType: 'application/wasm', bytes: '\0asm' },
  { contentType: 'application/x-elf', bytes: '\x7fELF' },
  { contentType: 'model/gltf-binary', bytes: 'glTF' },
  { contentType: 'font/woff', bytes: 'wOFF' },
  { contentType: 'font/woff2', bytes: 'wOF2' },
  { contentType: 'font/otf', bytes: 'OTTO\0' },
  { contentType: 'font/ttf', bytes: '\0\x01\0\0\0' },
  { contentType: 'audio/wav', bytes: 'RIFF????WAVE' },
  { contentType: 'video/x-msvideo', bytes: 'RIFF????AVI ' },
  { contentType: 'audio/flac', bytes: 'fLaC' },
  { contentType: 'audio/mpeg', bytes: 'ID3' },
  { contentType: 'audio/mpeg', bytes: '\xff\xfb' },
  { contentType: 'audio/ogg', bytes: 'OggS' },
  { contentType: 'audio/midi', bytes: 'MThd' },
  { contentType: 'video/webm', bytes: '\x1a\x45\xdf\xa3' },
  { contentType: 'video/x-flv', bytes: 'FLV\x01' },
  { contentType: 'video/mpeg', bytes: '\0\0\x01\xba' },
];

/** Longest stretch from the start that any signature looks at. */
export const SIGNATURE_BYTES = 512;

/** The content type that the first bytes prove, or undefined. */
export function typeBySignature(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, SIGNATURE_BYTES)).toString('latin1');
  if (text.slice(4, 8) === 'ftyp') return typeByBrands(text);
  return SIGNATURES.find(({ at = 0, bytes }) => matches(text, at, bytes))?.contentType;
}

function matches(text: string, at: number, bytes: string): boolean {
  if (text.length < at + bytes.length) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] !== '?' && bytes[index] !== text[at + index]) return false;
  }
  return true;
}

/** Major brand first; the generic image brands mif1 and msf1 leave it to the compatible ones to say which codec. */
function typeByBrands(text: string): string {
  const boxEnd = Math.min(
    text.length,
    text
      .split('')
      .slice(0, 4)
      .reduce((size, byte) => size * 256 + byte.charCodeAt(0), 0),
  );
  const major = text.slice(8, 12);
  const compatible = text.slice(16, boxEnd).match(/.{4}/gs) ?? [];
  if ((major === 'mif1' || major === 'msf1') && compatible.some((brand) => brand === 'avif' || brand === 'avis')) {
    return 'image/avif';
  }
  return BRANDS[major] ?? 'video/mp4';
}
