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
