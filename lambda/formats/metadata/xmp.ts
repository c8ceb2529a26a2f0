import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';

/** A property by its name: plain text, a list, or texts by their languages (`x-default` for the one that holds elsewhere). */
export type XmpValue = string | readonly string[] | ReadonlyMap<string, string>;

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Properties that people fill in, by their namespaces (IPTC Photo Metadata Standard 2025.1; Adobe, "XMP specification part 2"). */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'http://purl.org/dc/elements/1.1/': ['title', 'description', 'subject', 'rights', 'creator'],
  'http://ns.adobe.com/xap/1.0/': ['Rating', 'Label', 'CreatorTool'],
  'http://ns.adobe.com/xap/1.0/rights/': ['WebStatement', 'UsageTerms', 'Marked'],
  'http://ns.adobe.com/photoshop/1.0/': [
    ...['Headline', 'City', 'State', 'Country', 'Credit', 'Source', 'Instructions', 'DateCreated'],
    ...['AuthorsPosition', 'CaptionWriter'],
  ],
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': [
    ...['AltTextAccessibility', 'ExtDescrAccessibility', 'Location', 'CountryCode', 'IntellectualGenre'],
  ],
};

/** Bytes of a packet that is read; people's texts fill some kilobytes. */
const PACKET_BYTES = 1_000_000;

/** Items of one list, and languages of one text. */
const ITEMS = 200;

/**
 * The properties of an XMP packet. A packet that is damaged, too large or declares entities says nothing, and never fails the
 * file that carries it.
 */
export function readXmp(packet: Uint8Array): ReadonlyMap<string, XmpValue> {
  if (packet.byteLength > PACKET_BYTES) return new Map();
  try {
    return new PacketReader().read(new TextDecoder().decode(packet).replace(/\0+$/, ''));
  } catch {
    return new Map();
  }
}

/** A property that is being read. */
interface Open {
  readonly name: string;
  readonly depth: number;
  text: string;
  readonly items: { readonly language: string | undefined; text: string }[];
  isAlternative: boolean;
}

class PacketReader {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #found = new Map<string, XmpValue>();
  /** Depths of the elements that are open; descriptions are those whose children are properties. */
  #depth = 0;
  #description: number | undefined;
  #open: Open | undefined;
  #isInItem = false;

  read(text: string): ReadonlyMap<string, XmpValue> {
    this.#parser.on('error', (error) => {
      throw error;
    });
    this.#parser.on('doctype', () => {
      throw new Error('A packet has no document type.');
    });
    this.#parser.on('opentag', (tag) => this.#enter(tag));
    this.#parser.on('closetag', () => this.#leave());
    this.#parser.on('text', (content) => this.#take(content));
    this.#parser.on('cdata', (content) => this.#take(content));
    this.#parser.write(text).close();
    return this.#found;
  }

  #enter({ uri, local, attributes }: SaxesTagNS): void {
    this.#depth += 1;
    if (this.#open) {
      this.#enterValue(uri, local, attributes);
    } else if (uri === RDF && local === 'Description' && this.#description === undefined) {
      this.#description = this.#depth;
      for (const one of Object.values(attributes)) if (isProperty(one)) this.#found.set(one.local, one.value);
    } else if (this.#description !== undefined && this.#depth === this.#description + 1 && isProperty({ uri, local })) {
      this.#open = { name: local, depth: this.#depth, text: '', items: [], isAlternative: false };
    }
  }

  #enterValue(uri: string, local: string, attributes: Readonly<Record<string, SaxesAttributeNS>>): void {
    if (!this.#open || uri !== RDF) return;
    if (local === 'Alt') this.#open.isAlternative = true;
    if (local !== 'li' || this.#open.items.length >= ITEMS) return;
    const language = Object.values(attributes).find((one) => one.uri === XML && one.local === 'lang')?.value;
    this.#open.items.push({ language, text: '' });
    this.#isInItem = true;
  }

  #take(content: string): void {
    if (!this.#open) return;
    const item = this.#isInItem ? this.#open.items.at(-1) : undefined;
    if (item) item.text += content;
    else this.#open.text += content;
  }

  #leave(): void {
    if (this.#open?.depth === this.#depth) {
      const value = propertyValue(this.#open);
      if (value !== undefined) this.#found.set(this.#open.name, value);
      this.#open = undefined;
    }
    if (this.#description === this.#depth) this.#description = undefined;
    this.#isInItem = false;
    this.#depth -= 1;
  }
}

const isProperty = ({ uri, local }: { readonly uri: string; readonly local: string }): boolean =>
  Object.hasOwn(PROPERTIES, uri) && (PROPERTIES[uri] ?? []).includes(local);

function propertyValue({ text, items, isAlternative }: Open): XmpValue | undefined {
  const filled = items.map((item) => ({ ...item, text: item.text.trim() })).filter((item) => item.text !== '');
  if (isAlternative) {
    const texts = new Map(filled.map((item) => [item.language ?? 'x-default', item.text]));
    return texts.size > 0 ? texts : undefined;
  }
  if (items.length > 0) return filled.map((item) => item.text);
  return text.trim() || undefined;
}
