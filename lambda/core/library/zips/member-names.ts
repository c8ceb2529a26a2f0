/** What a path's part may hold on no system, and what no path's part may be. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are taken out
const UNSAFE = /[\\:*?"<>|\u0000-\u001f\u007f]/g;

/** What makes a name read in another order than it is written in: `gpj.exe` looks like `exe.jpg`. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Bytes of a part of a path that most file systems take (NAME_MAX is 255), with room for a count. */
const PART_BYTES = 240;

/** Windows takes a name of a device for the device, with whichever ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Names for the members of one ZIP: relative, without a step upwards, and no two that some system takes for one. */
export class MemberNames {
  readonly #taken = new Set<string>();

  /** @param path of a file, as it is wanted in the ZIP */
  nameOf(path: string): string {
    const safe = path.normalize('NFC').split('/').map(safePart).filter(Boolean).join('/') || 'file';
    const dot = safe.lastIndexOf('.');
    const hasEnding = dot > safe.lastIndexOf('/') + 1;
    const [stem, ending] = hasEnding ? [safe.slice(0, dot), safe.slice(dot)] : [safe, ''];
    let name = safe;
    for (let count = 2; this.#taken.has(name.toLowerCase()); count++) name = `${stem} (${count})${ending}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

function safePart(part: string): string {
  const plain = part
    .replace(UNSAFE, '_')
    .replace(DIRECTION, '_')
    .replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  return shortened(DEVICE.test(plain) ? `_${plain}` : plain);
}

/** A name that is too long loses its middle, so that it begins and ends as before. */
function shortened(part: string): string {
  if (Buffer.byteLength(part) <= PART_BYTES) return part;
  const dot = part.lastIndexOf('.');
  const ending = dot > 0 && Buffer.byteLength(part.slice(dot)) <= PART_BYTES / 4 ? part.slice(dot) : '';
  let stem = '';
  for (const character of part) {
    if (Buffer.byteLength(stem + character + ending) > PART_BYTES) break;
    stem += character;
  }
  return stem + ending;
}

/** Endings of pictures by their types, the usual one first. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe'],
  'image/png': ['png', 'apng'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/gif': ['gif'],
  'image/svg+xml': ['svg'],
};

/** A name whose ending says what the bytes are: `photo.png` that became a JPEG is `photo.png.jpg`. */
export function withEnding(name: string, contentType: string | undefined): string {
  const endings = ENDINGS[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''];
  const present = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return !endings || endings.includes(present) ? name : `${name}.${endings[0]}`;
}
