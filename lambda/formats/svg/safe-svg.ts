import type { SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import { LIMITS } from '../../contract/limits.ts';
import { Problem, problem } from '../../core/kernel/problems.ts';
import { ELEMENTS, TEXT_ONLY } from './allowed-names.ts';
import { decodeText } from './decode-text.ts';
import { addEntities, readEntities } from './entities.ts';
import { escapeText, NAMESPACE, type SafeAttribute, safeAttributes, XLINK } from './safe-attributes.ts';
import { safeCss } from './safe-css.ts';

/** An SVG of which only what is allowed is left. */
export interface SafeSvg {
  /** Attributes of the root element, without namespaces. */
  readonly root: readonly SafeAttribute[];
  /** What is within the root element, as XML. */
  readonly content: string;
  readonly usesXlink: boolean;
}

/**
 * Reads an SVG and keeps what is on the lists of allowed-names.ts. The parser accepts well-formed XML only, and what is kept is
 * written anew: what a browser or a renderer reads later can be nothing that was not seen here.
 * @throws Problem source.limit for too many bytes, levels or entities, source.unreadable for what is no SVG or has a DOCTYPE
 * that declares more than plain entities
 */
export function readSafeSvg(bytes: Uint8Array): SafeSvg {
  if (bytes.byteLength > LIMITS.svgBytes) {
    throw problem('source.limit', `An SVG may have at most ${LIMITS.svgBytes} bytes, this has ${bytes.byteLength}.`);
  }
  const reader = new Reader();
  try {
    return reader.read(decodeText(bytes));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw problem('source.unreadable', 'The SVG is damaged: it is no well-formed XML.', { cause: error });
  }
}

class Reader {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #parts: string[] = [];
  /** Whether each open element is kept, innermost last. */
  readonly #open: { readonly name: string; readonly isKept: boolean }[] = [];
  #root: readonly SafeAttribute[] | undefined;
  #namespace = NAMESPACE;
  #usesXlink = false;
  #style = '';

  read(text: string): SafeSvg {
    this.#parser.on('error', (error) => {
      throw error;
    });
    this.#parser.on('doctype', (doctype) => addEntities(this.#parser.ENTITIES, readEntities(doctype)));
    this.#parser.on('opentag', (tag) => this.#enter(tag));
    this.#parser.on('closetag', () => this.#leave());
    this.#parser.on('text', (content) => this.#take(content));
    this.#parser.on('cdata', (content) => this.#take(content));
    this.#parser.write(text).close();
    if (!this.#root) throw new Error('There is no root element');
    return { root: this.#root, content: this.#parts.join(''), usesXlink: this.#usesXlink };
  }

  #enter(tag: SaxesTagNS): void {
    const { local, uri, attributes } = tag;
    if (this.#open.length === 0) {
      this.#enterRoot(tag);
      return;
    }
    if (this.#open.length >= LIMITS.svgLevels) {
      throw problem('source.limit', `An SVG may have at most ${LIMITS.svgLevels} levels of elements.`);
    }
    const kept = this.#isKept(local, uri) ? safeAttributes(local, attributes) : undefined;
    this.#open.push({ name: local, isKept: kept !== undefined });
    if (!kept) return;
    this.#parts.push(`<${local}${this.#write(kept)}>`);
    this.#style = '';
  }

  /** Files without a namespace are common; what they mean is clear. */
  #enterRoot({ local, uri, attributes }: SaxesTagNS): void {
    if (local !== 'svg' || (uri !== NAMESPACE && uri !== '')) throw new Error('The root element is no svg');
    this.#namespace = uri;
    this.#root = safeAttributes(local, attributes) ?? [];
    this.#usesXlink ||= this.#root.some(({ name }) => name.startsWith('xlink:'));
    this.#open.push({ name: local, isKept: true });
  }

  #isKept(name: string, uri: string): boolean {
    const parent = this.#open.at(-1);
    return (
      Boolean(parent?.isKept) && !TEXT_ONLY.has(parent?.name ?? '') && uri === this.#namespace && ELEMENTS.has(name)
    );
  }

  #write(attributes: readonly SafeAttribute[]): string {
    this.#usesXlink ||= attributes.some(({ name }) => name.startsWith('xlink:'));
    return attributes.map(({ name, value }) => ` ${name}="${escapeText(value)}"`).join('');
  }

  /** A style sheet's text comes in pieces, and must be judged whole. */
  #take(text: string): void {
    const inner = this.#open.at(-1);
    if (!inner?.isKept) return;
    if (inner.name === 'style') this.#style += text;
    else this.#parts.push(escapeText(text));
  }

  #leave(): void {
    const left = this.#open.pop();
    if (!left?.isKept || this.#open.length === 0) return;
    if (left.name === 'style') this.#parts.push(escapeText(safeCss(this.#style)));
    this.#parts.push(`</${left.name}>`);
  }
}

/** The file as a browser takes it. */
export function writeSvg(
  { root, content, usesXlink }: SafeSvg,
  changes: Readonly<Record<string, string>> = {},
): string {
  const attributes = [
    ['xmlns', NAMESPACE],
    ...(usesXlink ? [['xmlns:xlink', XLINK]] : []),
    ...root.flatMap(({ name, value }) => (name in changes ? [] : [[name, value]])),
    ...Object.entries(changes),
  ];
  const written = attributes.map(([name, value]) => ` ${name}="${escapeText(value as string)}"`).join('');
  return `<svg${written}>${content}</svg>\n`;
}
