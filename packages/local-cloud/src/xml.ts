/** What can be written as XML: an array repeats its element, undefined leaves it out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const MAX_DEPTH = 16;

/** A text that is no XML document, or not the one that was asked for. */
export class MalformedXml extends Error {
  constructor() {
    super('The text is not the XML document that was expected.');
    this.name = 'MalformedXml';
  }
}

/** @param namespace of the root element. @default none */
export function xmlDocument(root: string, content: XmlValue, namespace = ''): string {
  const opening = namespace ? `<${root} xmlns="${namespace}">` : `<${root}>`;
  return `${DECLARATION}${opening}${inner(content)}</${root}>`;
}

function inner(value: XmlValue): string {
  if (typeof value !== 'object') return value === undefined ? '' : escapeXml(String(value));
  return Object.entries(value)
    .map(([name, child]) => element(name, child))
    .join('');
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${inner(value)}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Control characters become character references: a parser would drop a bare carriage return of a key. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/\p{Cc}/gu, (character) => (character === '\n' ? character : `&#${character.charCodeAt(0)};`));
}

/** An element that was read; names are without namespace prefix. */
export class XmlElement {
  readonly name: string;
  readonly children: XmlElement[] = [];
  content = '';

  constructor(name: string) {
    this.name = name;
  }

  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  first(name: string): XmlElement | undefined {
    return this.children.find((child) => child.name === name);
  }

  /** The text of the first child with that name. */
  text(name: string): string | undefined {
    return this.first(name)?.content;
  }
}

const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/y;

/**
 * Reads the small XML documents that clients of AWS send: elements and text; attributes are passed over, document types are
 * refused.
 *
 * @param root the name that the root element must have
 * @throws MalformedXml
 */
export function readXml(text: string, root: string): XmlElement {
  const document = new XmlElement('');
  const open = [document];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (!token) throw new MalformedXml();
    takeToken(open, token);
  }
  const [only, ...others] = document.children;
  if (open.length !== 1 || only?.name !== root || others.length > 0) throw new MalformedXml();
  return only;
}

function takeToken(open: XmlElement[], [, slash, qualified, empty, text]: RegExpExecArray): void {
  const parent = open.at(-1) as XmlElement;
  if (text !== undefined) {
    parent.content += unescapeXml(text);
    return;
  }
  if (qualified === undefined) return;
  const name = qualified.slice(qualified.indexOf(':') + 1);
  if (slash) {
    if (open.length === 1 || open.pop()?.name !== name) throw new MalformedXml();
    return;
  }
  const child = new XmlElement(name);
  parent.children.push(child);
  if (empty) return;
  if (open.length > MAX_DEPTH) throw new MalformedXml();
  open.push(child);
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescapeXml(text: string): string {
  return text.replace(/&([^;&]{0,12})(;?)/g, (_, entity: string, end: string) => {
    const decoded = end ? (NAMED[entity] ?? numbered(entity)) : undefined;
    if (decoded === undefined) throw new MalformedXml();
    return decoded;
  });
}

function numbered(entity: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(entity) ?? [];
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
