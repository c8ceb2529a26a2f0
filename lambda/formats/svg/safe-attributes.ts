import type { SaxesAttributeNS } from 'saxes';
import { ANIMATED, ATTRIBUTES } from './allowed-names.ts';
import { mayRefer } from './references.ts';
import { safeCss } from './safe-css.ts';

export const NAMESPACE = 'http://www.w3.org/2000/svg';
export const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';

export interface SafeAttribute {
  /** With one of the prefixes `xlink` and `xml`, or none. */
  readonly name: string;
  readonly value: string;
}

const ANIMATIONS = new Set(['animate', 'animateTransform', 'set']);

/** Attributes that hold text, not CSS: a bracket in them means nothing. Paths can be long. */
const PLAIN = new Set(['d', 'points', 'path', 'id', 'class', 'title', 'lang', 'values', 'keyTimes', 'keySplines']);

/**
 * What an element may keep of its attributes.
 * @returns undefined when the element must go because of one: an animation of what must not change
 */
export function safeAttributes(
  element: string,
  attributes: Readonly<Record<string, SaxesAttributeNS>>,
): readonly SafeAttribute[] | undefined {
  if (ANIMATIONS.has(element) && !animatesHarmlessly(attributes)) return undefined;
  const kept: SafeAttribute[] = [];
  for (const { local, uri, prefix, value } of Object.values(attributes)) {
    const name = nameOf(local, uri, prefix);
    if (name === undefined) continue;
    if (name === 'href' || name === 'xlink:href') {
      if (mayRefer(element, value)) kept.push({ name, value: value.trim() });
    } else kept.push({ name, value: safeValue(element, name, value) });
  }
  return kept;
}

function nameOf(local: string, uri: string, prefix: string): string | undefined {
  if (uri === XML) return local === 'space' || local === 'lang' ? `xml:${local}` : undefined;
  if (uri === XLINK) return local === 'href' ? 'xlink:href' : undefined;
  if (prefix !== '' || uri !== '') return undefined;
  return ATTRIBUTES.has(local) || local === 'href' || /^(?:data|aria)-[a-z0-9-]+$/.test(local) ? local : undefined;
}

/** Values of presentation attributes are CSS, and animations set such values. */
function safeValue(element: string, name: string, value: string): string {
  const isText = name.startsWith('data-') || name.startsWith('aria-');
  const isPlain = isText || (PLAIN.has(name) && !ANIMATIONS.has(element));
  return isPlain || !/[(\\@]|behavior|binding/i.test(value) ? value : safeCss(value);
}

function animatesHarmlessly(attributes: Readonly<Record<string, SaxesAttributeNS>>): boolean {
  return ANIMATED.has(attributes.attributeName?.value.trim() ?? '');
}

/** For text and for attributes in double quotes. What XML cannot hold was refused by the parser. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"\r]/g, (sign) => ESCAPES[sign] ?? sign);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
