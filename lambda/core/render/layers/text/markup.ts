import type { Setting } from './setting.ts';

/** A length below this would be a factor (Pango, "Text Attribute Markup", line_height). */
const LEAST_LINE_HEIGHT = 1025;
const PANGO_UNITS = 1024;

/** The text in Pango's markup. What the text says itself is never markup: a stranger may have written it. */
export function markupOf({ text, lineHeight, colour, typography }: Setting): string {
  const attributes = [
    ['line_height', Math.max(LEAST_LINE_HEIGHT, Math.round(lineHeight * PANGO_UNITS))],
    ['foreground', `#${hex(colour.r)}${hex(colour.g)}${hex(colour.b)}`],
    // A word that is longer than a line is broken where the line ends, which need not be between syllables.
    ['insert_hyphens', 'false'],
    ...(typography?.strikethrough ? [['strikethrough', 'true']] : []),
  ];
  return `<span ${attributes.map(([name, value]) => `${name}="${value}"`).join(' ')}>${escaped(text)}</span>`;
}

/** A font as Pango names it; the comma ends a family whose last word could be a style. */
export function fontOf({ family, size, typography }: Setting): string {
  const styles = [typography?.bold && 'Bold', typography?.italic && 'Italic'].filter(Boolean);
  return [`${family},`, ...styles, size.toFixed(3)].join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const hex = (channel: number): string => channel.toString(16).padStart(2, '0');
