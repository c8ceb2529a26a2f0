import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FONTS_FOLDER_VARIABLE } from '../../contract/render-child.ts';
import type { Isolation } from '../../core/render/isolated/isolation.ts';
import { renamed } from './rename.ts';
import { isUsable, readFont, writeFont } from './sfnt.ts';

let isKept = false;

/** Keeps a font in this process's own folder, which whoever started the process removes. */
export const keepFont: Isolation['keepFont'] = (family, bytes) => {
  const font = readFont(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!font || !isUsable(font)) return undefined;
  const folder = process.env[FONTS_FOLDER_VARIABLE];
  if (!folder) throw new Error(`${FONTS_FOLDER_VARIABLE} must name a folder for fonts`);
  isKept = true;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, family);
  writeFileSync(file, writeFont(renamed(font, family)));
  return file;
};

/** Whether this process knows a font that is nobody else's business. */
export const knowsFonts = (): boolean => isKept;
