import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../../core/kernel/problems.ts';

/** What an entity stands for, by its name. */
export type Entities = Readonly<Record<string, string>>;

/** An entity of the file itself, a comment, or the space between them. */
const DECLARATION = /\s+|<!--.*?-->|<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>/sy;

/** A name, the DTD that it refers to, and declarations in brackets. */
const DOCTYPE = /^[^[\]]*(?:\[(.*)\]\s*)?$/s;

/** Entities that XML has without a declaration. */
const PREDEFINED = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * The entities that a DOCTYPE declares. Editors name their namespaces in this way (Adobe Illustrator writes a dozen). Only plain
 * text is read: an entity within an entity multiplies ("billion laughs"), an external one reads files (XXE), and markup
 * in one would come past the parser that keeps what is allowed.
 * @throws Problem source.unreadable for anything else in a DOCTYPE, source.limit for too many entities
 */
export function readEntities(doctype: string): Entities {
  const declarations = DOCTYPE.exec(doctype);
  if (!declarations) throw notPlain();
  const subset = declarations[1] ?? '';
  const entities: Record<string, string> = Object.create(null);
  let count = 0;
  for (DECLARATION.lastIndex = 0; DECLARATION.lastIndex < subset.length; ) {
    const [, name, double, single] = DECLARATION.exec(subset) ?? fail();
    if (name === undefined) continue;
    const value = double ?? single ?? '';
    if (PREDEFINED.has(name) || /[&%<]/.test(value)) throw notPlain();
    count += 1;
    if (count > LIMITS.svgEntities) {
      throw problem('source.limit', `An SVG may declare ${LIMITS.svgEntities} entities, this has more.`);
    }
    // The first declaration of a name is the one that counts (XML 1.0, section 4.2).
    entities[name] ??= value;
  }
  return entities;
}

/**
 * Gives a parser the entities of a file, and counts what they come to: a reference of three bytes can stand for all that
 * a declaration holds.
 * @param known the parser's own table
 * @throws Problem source.limit, when the parser looks one up, once the bytes of all are above `LIMITS.svgEntityBytes`
 */
export function addEntities(known: Record<string, string>, entities: Entities): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(entities)) {
    const get = () => {
      bytes += Buffer.byteLength(value);
      if (bytes <= LIMITS.svgEntityBytes) return value;
      throw problem(
        'source.limit',
        `The entities of an SVG may come to ${LIMITS.svgEntityBytes} bytes, these are more.`,
      );
    };
    Object.defineProperty(known, name, { get });
  }
}

const fail = (): never => {
  throw notPlain();
};

const notPlain = () =>
  problem(
    'source.unreadable',
    'The DOCTYPE of an SVG may declare entities of plain text, without markup or other entities in them, and nothing else.',
  );
