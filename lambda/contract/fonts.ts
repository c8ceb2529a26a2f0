/** Folder of the fonts layer with `fonts.conf` and the fonts. */
export const FONTS_FOLDER = 'fonts';

/** The file that fontconfig reads; it lies beside the fonts. */
export const FONTS_CONF = 'fonts.conf';

/** Where Lambda unpacks layers (AWS, "Adding layers to functions"). */
export const LAYERS_ROOT = '/opt';

/** What fontconfig must know of its own layer; without it, it would look for a machine's fonts. */
export const FONT_ENVIRONMENT = {
  FONTCONFIG_FILE: `${LAYERS_ROOT}/${FONTS_FOLDER}/${FONTS_CONF}`,
} as const;

/**
 * Families that documents and URLs name and nobody may hand out, by the open family that has the same widths: lines and
 * boxes come out as they were drawn. DejaVu Sans has Verdana's widths nearly; the others have them to the unit.
 */
export const FONT_SUBSTITUTES: Readonly<Record<string, readonly string[]>> = {
  Arimo: ['Arial', 'Helvetica', 'Helvetica Neue', 'Liberation Sans', 'Nimbus Sans'],
  Tinos: ['Times New Roman', 'Times', 'Liberation Serif', 'Nimbus Roman'],
  Cousine: ['Courier New', 'Courier', 'Liberation Mono', 'Nimbus Mono PS'],
  Gelasio: ['Georgia'],
  Carlito: ['Calibri'],
  Caladea: ['Cambria'],
  'Comic Relief': ['Comic Sans MS', 'Comic Sans'],
  'DejaVu Sans': ['Verdana', 'Bitstream Vera Sans'],
};

/** What style sheets mean by a kind of font (CSS Fonts 4, section 2.1.3). */
export const GENERIC_FONTS: Readonly<Record<string, readonly string[]>> = {
  Arimo: ['sans-serif', 'sans', 'system-ui', 'ui-sans-serif', '-apple-system', 'BlinkMacSystemFont'],
  Tinos: ['serif', 'ui-serif'],
  Cousine: ['monospace', 'mono', 'ui-monospace'],
  'Comic Relief': ['cursive', 'fantasy'],
};
