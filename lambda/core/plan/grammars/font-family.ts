import { FONT_SUBSTITUTES } from '../../../contract/fonts.ts';
import type { FontChoice } from '../plan.ts';
import { assetReference } from './asset-reference.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

/** Families that are always there, as ImageKit spells them ("Add overlays", fonts). */
export const FONT_FAMILIES = [
  'AbrilFatFace',
  'Amaranth',
  'Arvo',
  'Audiowide',
  'Chivo',
  'Crimson Text',
  'exo',
  'Fredoka One',
  'Gravitas One',
  'Kanit',
  'Lato',
  'Lobster',
  'Lora',
  'Monoton',
  'Montserrat',
  'PT Mono',
  'PT_Serif',
  'Open Sans',
  'Roboto',
  'Old Standard',
  'Ubuntu',
  'Vollkorn',
] as const;

/** Families of others that open ones stand for, by what they are asked for. */
const SUBSTITUTES = Object.entries(FONT_SUBSTITUTES).flatMap(([family, others]) =>
  [family, ...others].map((asked) => [asked, family] as const),
);

const EXPECTED = `one of ${FONT_FAMILIES.join(', ')}, one that has the widths of ${Object.values(FONT_SUBSTITUTES)
  .map(([first]) => first)
  .join(', ')}, or the path of a TTF or OTF file with @@ between its folders`;

/** Without regard to case, spaces and underscores. */
const fold = (name: string): string => name.toLowerCase().replace(/[ _]/g, '');

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ...SUBSTITUTES.map(([asked, family]) => [fold(asked), family] as const),
  ...FONT_FAMILIES.map((family) => [fold(family), family] as const),
]);

/** The font of a text: a built-in family, or a file of the library. */
export const fontFamily: Grammar<FontChoice> = {
  expected: EXPECTED,
  parse: (text) => {
    const family = FAMILIES.get(fold(text));
    if (family !== undefined) return found({ kind: 'built-in', family });
    if (!/\.(ttf|otf)$/i.test(text)) return fault(EXPECTED);
    const path = assetReference.parse(text);
    return path.kind === 'value' ? found({ kind: 'file', path: path.value }) : fault(EXPECTED);
  },
  format: (font) => (font.kind === 'built-in' ? font.family : assetReference.format(font.path)),
  samples: [
    'Arial',
    'times new roman',
    'Open Sans',
    'open_sans',
    'PT_Serif',
    'ABRILFATFACE',
    'fonts@@brand.ttf',
    'brand.OTF',
  ],
};
