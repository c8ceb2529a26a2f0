import type { Plugin } from 'vite';

/**
 * Takes the font faces out of Cloudscape's global styles: they are 184 KB of base64 that would hold up the first picture, and
 * need `font-src data:`. The system's own font takes their place.
 */
export function withoutFonts(): Plugin {
  return {
    name: 'without-fonts',
    enforce: 'pre',
    transform: (code, id) =>
      /global-styles\/index\.css/.test(id) ? { code: code.replace(/@font-face\s*\{[^}]*\}/g, ''), map: null } : null,
  };
}
