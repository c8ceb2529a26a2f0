/** Packages of the built-in families. */
const FAMILY_PACKAGES = [
  'abril-fatface',
  'amaranth',
  'arvo',
  'audiowide',
  'chivo',
  'crimson-text',
  'exo',
  'fredoka-one',
  'gravitas-one',
  'kanit',
  'lato',
  'lobster',
  'lora',
  'monoton',
  'montserrat',
  'pt-mono',
  'pt-serif',
  'open-sans',
  'roboto',
  'old-standard-tt',
  'ubuntu',
  'vollkorn',
];

/** Of the families that stand for Arial, Times and the like (contract/fonts.ts). */
const SUBSTITUTE_PACKAGES = ['arimo', 'tinos', 'cousine', 'gelasio', 'carlito', 'caladea', 'comic-relief'];

/** For scripts that the families lack and that are often set in bold. */
const BOLD_FALLBACK_PACKAGES = ['noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-thai'];

/** For the others: their regular face alone, since Lambda unpacks every megabyte of the layer for a new environment. */
const FALLBACK_PACKAGES = [
  'noto-sans-armenian',
  'noto-sans-bengali',
  'noto-sans-ethiopic',
  'noto-sans-georgian',
  'noto-sans-gujarati',
  'noto-sans-gurmukhi',
  'noto-sans-kannada',
  'noto-sans-khmer',
  'noto-sans-lao',
  'noto-sans-malayalam',
  'noto-sans-myanmar',
  'noto-sans-sinhala',
  'noto-sans-tamil',
  'noto-sans-telugu',
  'noto-sans-symbols',
  'noto-sans-symbols-2',
  'noto-color-emoji',
];

/** Where characters come from that a family lacks, in this order; before any other font that happens to have them. */
export const FALLBACK_FAMILIES: readonly string[] = [...BOLD_FALLBACK_PACKAGES, ...FALLBACK_PACKAGES].map((name) =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' '),
);

export interface FontPackage {
  readonly name: string;
  /** Its files that go into the layer. */
  readonly faces: RegExp;
}

/** Regular, bold, italic and bold italic, as both publishers name their files. */
const FOUR_FACES = /[_-](?:400Regular|700Bold|Regular|Bold)(?:_Italic)?\.(?:ttf|otf)$/;
const DEJAVU_FACES = /DejaVuSans(?:-(?:Bold|Oblique|BoldOblique))?\.ttf$/;
const UPRIGHT_FACES = /[_-](?:400Regular|700Bold)\.ttf$/;
const REGULAR_FACE = /[_-](?:400)?Regular\.(?:ttf|otf)$/;

const google =
  (faces: RegExp) =>
  (name: string): FontPackage => ({ name: `@expo-google-fonts/${name}`, faces });

/** npm packages whose fonts go into the layer. */
export const FONT_PACKAGES: readonly FontPackage[] = [
  ...[...FAMILY_PACKAGES, ...SUBSTITUTE_PACKAGES].map(google(FOUR_FACES)),
  { name: 'dejavu-fonts-ttf', faces: DEJAVU_FACES },
  ...BOLD_FALLBACK_PACKAGES.map(google(UPRIGHT_FACES)),
  ...FALLBACK_PACKAGES.map(google(REGULAR_FACE)),
  // Chinese, Japanese, Korean.
  ...['sc', 'jp', 'kr'].map((name) => ({ name: `@embedpdf/fonts-${name}`, faces: REGULAR_FACE })),
];

/**
 * Tables that a font has twice in effect. Emojis are drawn from COLR; the same pictures as SVG documents, four fifths of
 * the file, are never looked at.
 */
export const NEEDLESS_TABLES: ReadonlySet<string> = new Set(['SVG ']);

/** Where packages keep the licence of their fonts; the first that is there counts. */
export const LICENCE_FILES = ['LICENSE_FONT', 'LICENSE'];

/** Packages that say their fonts' licence only inside of the fonts: the copyright line there. */
export const UNWRITTEN_LICENCES: Readonly<Record<string, string>> = {
  '@expo-google-fonts/fredoka-one':
    'Copyright (c) 2011 Milena B Brandao (milenabbrandao@gmail.com), with Reserved Font Name "Fredoka"',
  '@expo-google-fonts/old-standard-tt': 'Copyright 2011 The Old Standard Project Authors (amkryukov@gmail.com)',
};
