import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FONTS_FOLDER_VARIABLE } from '../contract/render-child.ts';
import type { Isolation } from '../core/transform/render/isolation.ts';

let isKept = false;

/** Keeps a font in this process's own folder, which whoever started the process removes. */
export const keepFont: Isolation['keepFont'] = (name, bytes) => {
  const folder = process.env[FONTS_FOLDER_VARIABLE];
  if (!folder) throw new Error(`${FONTS_FOLDER_VARIABLE} must name a folder for fonts`);
  isKept = true;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

/** Whether this process knows a font that is nobody else's business. */
export const knowsFonts = (): boolean => isKept;
