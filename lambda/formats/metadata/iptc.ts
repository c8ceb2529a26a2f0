/** Datasets of the application record (IPTC-NAA Information Interchange Model 4.2, section 6) that people fill in. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [5, 'objectName'],
  [25, 'keywords'],
  [40, 'instructions'],
  [55, 'dateCreated'],
  [80, 'byline'],
  [85, 'bylineTitle'],
  [90, 'city'],
  [95, 'provinceOrState'],
  [101, 'country'],
  [105, 'headline'],
  [110, 'credit'],
  [115, 'source'],
  [116, 'copyrightNotice'],
  [120, 'caption'],
]);

const MARKER = 0x1c;
const APPLICATION_RECORD = 2;

export type Iptc = Readonly<Record<string, string | readonly string[]>>;

/**
 * The texts of an IPTC block, found by their dataset markers wherever the block begins: writers wrap it differently.
 * Damage ends the reading, never the request.
 */
export function readIptc(block: Uint8Array): Iptc {
  const found: Record<string, string | string[]> = {};
  for (let at = block.indexOf(MARKER); at >= 0 && at + 5 <= block.length; at = block.indexOf(MARKER, at)) {
    const [, record, dataset = 0, high = 0, low = 0] = block.subarray(at, at + 5);
    const length = (high << 8) | low;
    const name = record === APPLICATION_RECORD ? NAMES.get(dataset) : undefined;
    if ((record === 1 || record === APPLICATION_RECORD) && high < 0x80 && at + 5 + length <= block.length) {
      if (name) add(found, name, new TextDecoder().decode(block.subarray(at + 5, at + 5 + length)));
      at += 5 + length;
    } else at += 1;
  }
  return found;
}

/** Keywords come one by one. */
function add(found: Record<string, string | string[]>, name: string, text: string): void {
  if (name !== 'keywords') found[name] = text;
  else found[name] = [...(Array.isArray(found[name]) ? found[name] : []), text];
}
