import { encodeBase64Text } from '../plan/grammars/base64-text.ts';
import { placeOf } from './cloudinary-parameters.ts';
import { decoded, readNumber } from './translation.ts';

/** What an overlay shows, as the items that open its layer. */
export interface Overlay {
  readonly opening: string[];
  /** Items of the text's style, which may not be taken. */
  readonly style: string[];
}

const ALIGNMENTS: ReadonlyMap<string, string> = new Map([
  ['left', 'left'],
  ['start', 'left'],
  ['right', 'right'],
  ['end', 'right'],
  ['center', 'center'],
]);

/**
 * The value of `l_`: `text:Roboto_50_bold_left:Hello`, whose text is escaped once more, or the path of a picture with colons
 * between its folders.
 * @returns undefined for other kinds of overlay
 */
export function readOverlay(value: string): Overlay | undefined {
  const text = /^text:([^:]+):([\s\S]+)$/.exec(value);
  if (text) return textOverlay(text[1] as string, decoded(text[2] as string));
  if (/^(text|subtitles|video|fetch|lut)(:|$)/.test(value)) return undefined;
  return { opening: ['l-image', `ie-${encodeBase64Text(value.replaceAll(':', '/'))}`], style: [] };
}

/** @param font family or path of a font, size in pixels, and words of style, with underscores between */
function textOverlay(font: string, text: string | undefined): Overlay | undefined {
  const parts = /^(.+?)_(\d+)((?:_[a-z]+)*)$/.exec(font);
  if (text === undefined || !parts) return undefined;
  const words = (parts[3] ?? '').split('_');
  const shapes = [words.includes('bold') && 'b', words.includes('italic') && 'i'].filter(Boolean).join('_');
  const alignment = words.map((word) => ALIGNMENTS.get(word)).find(Boolean);
  return {
    opening: ['l-text', `ie-${encodeBase64Text(text)}`],
    style: [
      `ff-${parts[1]}`,
      `fs-${parts[2]}`,
      ...(shapes ? [`tg-${shapes}`] : []),
      ...(alignment ? [`ia-${alignment}`] : []),
    ],
  };
}

/**
 * Where an overlay lies: Cloudinary counts from the side that the gravity names, or else from the centre.
 * @param value a parameter's value
 */
export function placementOf(value: (key: string) => string | undefined): string[] {
  const place = placeOf(value('g') ?? 'center') ?? 'center';
  const [x, y] = [value('x'), value('y')];
  if (x === undefined && y === undefined) return [`lfo-${place}`];
  return [
    axis('x', 'w', offsetOf(x), place.includes('left'), place.includes('right')),
    axis('y', 'h', offsetOf(y), place.includes('top'), place.includes('bottom')),
  ];
}

const offsetOf = (text = '0'): number => Math.round(readNumber(text) ?? 0);

function axis(name: 'x' | 'y', side: 'w' | 'h', offset: number, fromStart: boolean, fromEnd: boolean): string {
  if (fromStart) return `l${name}-${Math.max(0, offset)}`;
  if (fromEnd) return `l${name}-N${Math.max(0, offset)}`;
  return `l${name}c-b${side}_div_2_${offset < 0 ? 'sub' : 'add'}_${Math.abs(offset)}`;
}
