import { createHash } from 'node:crypto';
import { LIMITS } from '../../../../contract/limits.ts';
import { problem } from '../../../kernel/problems.ts';
import type { LoadAsset } from '../../context.ts';
import { requireIsolation } from '../../isolated/isolation.ts';

/** A font as a text can be set in it. */
export interface PreparedFont {
  /** Its own, which no other font has. */
  readonly family: string;
  readonly file: string;
}

/**
 * Makes a font of the library ready to be used. Only in a child process: what reads fonts is native code, and a font stays
 * with a process until that ends.
 * @throws Problem source.unreadable, source.limit, and what `load` throws
 */
export async function prepareFont(path: string, load: LoadAsset): Promise<PreparedFont> {
  const { keepFont } = requireIsolation();
  const bytes = await load(path);
  if (bytes.byteLength > LIMITS.fontBytes) {
    throw problem(
      'source.limit',
      `A font may have at most ${LIMITS.fontBytes} bytes; ${path} has ${bytes.byteLength}.`,
    );
  }
  const family = `vitrine-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
  const file = keepFont(family, bytes);
  if (file === undefined) {
    throw problem('source.unreadable', `The font ${path} is damaged, or no TrueType or OpenType font.`);
  }
  return { family, file };
}
