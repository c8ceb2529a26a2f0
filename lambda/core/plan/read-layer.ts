import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import type { Variable } from './expressions/expression.ts';
import { VARIABLES } from './expressions/expression.ts';
import { assetReference, readAssetPath } from './grammars/asset-reference.ts';
import { decodeBase64Text } from './grammars/base64-text.ts';
import { readItem } from './item.ts';
import type { Draft } from './operations/operation.ts';
import { emptyDraft } from './operations/operation.ts';
import { LAYER_STEP_TABLE, LAYER_TABLES } from './operations/table.ts';
import type { Layer, Placement, TextStyle } from './plan.ts';
import { invalid, notOffered, quoted } from './read-items.ts';
import type { ReadChain, Reader } from './reader.ts';
import { expectEnd } from './reader.ts';
import type { Token } from './tokens.ts';

/** Image layers lose their plain edges unless told otherwise (ImageKit, "Add overlays"); the same as a bare `t`. */
export const LAYER_TRIM = 10;

/** The name that stands for a plain block instead of an asset. */
export const CANVAS = 'ik_canvas';

const EVERYWHERE: ReadonlySet<Variable> = new Set(VARIABLES);

/** A text or canvas has no size yet while its first step is read: only what it is drawn on has one. */
const OF_PARENT: ReadonlySet<Variable> = new Set(['bw', 'bh', 'bar']);

type Kind = keyof typeof LAYER_TABLES;

interface Input {
  readonly kind: Kind;
  /** As written. */
  readonly item: string;
  /** Path of the asset or the text. */
  readonly value: string;
}

/**
 * Reads a layer whose opening item was just read, with its closing one.
 * @returns undefined for a layer whose input is empty, which draws nothing: a page filled in a name that it does not have
 * @param readChain reads the layer's own steps
 * @throws Problem transformation.invalid, .unsupported or .limit
 */
export function readLayer(reader: Reader, opener: string, readChain: ReadChain): Layer | undefined {
  enter(reader);
  const input = takeInput(reader, opener);
  const draft = emptyDraft();
  if (input.kind === 'image') draft.step = { trim: LAYER_TRIM };
  const later = { table: LAYER_STEP_TABLE, variables: EVERYWHERE };
  const first = { table: LAYER_TABLES[input.kind], variables: input.kind === 'image' ? EVERYWHERE : OF_PARENT };
  const steps = readChain(reader, later, {}, { scope: first, draft });
  expectEnd(reader, opener, 'l-end');
  reader.depth -= 1;
  if (input.value !== '' || input.kind === 'canvas') return assemble(input, draft, steps);
  reader.ignored.push(input.item);
  return undefined;
}

function assemble({ kind, value }: Input, draft: Draft, steps: Layer['steps']): Layer {
  const placement = draft.placement as Placement;
  const style = draft.text as TextStyle;
  if (kind === 'image') return { kind, asset: value, placement, steps };
  return kind === 'text' ? { kind, text: value, style, placement, steps } : { kind, style, placement, steps };
}

function enter(reader: Reader): void {
  reader.layers += 1;
  reader.depth += 1;
  if (reader.layers > LIMITS.layers) {
    throw problem('transformation.limit', `A URL may have at most ${LIMITS.layers} layers, this has more.`);
  }
  if (reader.depth > LIMITS.layerDepth) {
    throw problem('transformation.limit', `Layers may be nested ${LIMITS.layerDepth} levels deep, these are more.`);
  }
}

/**
 * What the layer shows. It stands in the first step, mostly at once after the opening item; `ie-` comes before `i-`
 * wherever it is. The items are taken out of the row.
 */
function takeInput(reader: Reader, opener: string): Input {
  const type = opener.slice(2);
  if (type === 'video' || type === 'subtitles' || type === 'subtitle') {
    throw notOffered({ written: opener }, `a ${type} layer, which only a video can have`);
  }
  if (type !== 'image' && type !== 'text') throw invalid(opener, 'a layer', 'l-image or l-text');
  const { plain, encoded } = inputItems(reader);
  const written = encoded ?? plain;
  if (written === undefined) throw invalid(opener, 'a layer', 'followed by its input, i- or ie-');
  return { item: written, ...inputOf(type, written, encoded !== undefined) };
}

function inputOf(type: 'image' | 'text', written: string, isEncoded: boolean): Pick<Input, 'kind' | 'value'> {
  const text = isEncoded ? undecoded(written) : readItem(written).text;
  if (type === 'text') return { kind: type, value: text === '' ? '' : readText(written, text) };
  if (text.trim() === '') return { kind: type, value: '' };
  if (!isEncoded && text === CANVAS) return { kind: 'canvas', value: '' };
  const path = isEncoded ? readAssetPath(text) : assetReference.parse(text.trim());
  if (path.kind === 'value') return { kind: type, value: path.value };
  throw invalid(written, 'the input of an image layer', path.kind === 'fault' ? path.expected : 'a path');
}

function undecoded(written: string): string {
  const text = decodeBase64Text(readItem(written).text);
  if (text === undefined) throw invalid(written, 'ie (encoded input)', 'base64 of text in UTF-8');
  return text;
}

function readText(written: string, text: string): string {
  const characters = [...text].length;
  if (characters <= LIMITS.textCharacters && text.isWellFormed()) return text;
  throw characters > LIMITS.textCharacters
    ? problem(
        'transformation.limit',
        `A text may have at most ${LIMITS.textCharacters} characters, this has ${characters}.`,
      )
    : problem('transformation.invalid', `${quoted(written)} is not valid: a text must be well-formed Unicode.`);
}

/** Removes the input items of the first step from the reader's row: nested blocks keep theirs. */
function inputItems(reader: Reader): { plain: string | undefined; encoded: string | undefined } {
  let plain: string | undefined;
  let encoded: string | undefined;
  let depth = 0;
  const tokens = reader.tokens as Token[];
  for (let at = reader.at; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === null && depth === 0) break;
    if (token === 'l-end' && depth-- === 0) break;
    if (token?.startsWith('l-') && token !== 'l-end') depth += 1;
    const key = depth === 0 && token ? readItem(token).key : '';
    if (key !== 'i' && key !== 'ie') continue;
    if (key === 'i') plain = token ?? undefined;
    else encoded = token ?? undefined;
    tokens.splice(at--, 1);
  }
  return { plain, encoded };
}
