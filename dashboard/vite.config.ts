import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { aheadScript } from './build/ahead-script.ts';
import { compress } from './build/compress.ts';
import { withoutFonts } from './build/without-fonts.ts';

export default defineConfig({
  base: '/dashboard/',
  plugins: [withoutFonts(), react(), aheadScript(), compress()],
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // Nothing inline: the policy allows no script and no style that the page itself holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
