import { LIMITS } from '../../../contract/limits.ts';
import type { Grammar, Reading } from './grammar.ts';
import { fault, found, ignored } from './grammar.ts';

const EXPECTED = `a path of at most ${LIMITS.pathBytes} bytes with @@ between its folders, as in folder@@logo.png, without dot segments`;

/** The path of another asset, in which `@@` stands for a slash. */
export const assetReference: Grammar<string> = {
  expected: EXPECTED,
  parse: (text) => readAssetPath(text.replaceAll('@@', '/')),
  format: (path) => path.slice(1).replaceAll('/', '@@'),
  samples: ['logo.png', 'brand@@logos@@a-b_c.png', '@@leading.jpg', 'trailing.jpg@@'],
};

/** As `assetReference`; nothing at all is left out: pages fill in what they have. */
export const assetReferenceOrNone: Grammar<string> = {
  ...assetReference,
  parse: (text) => (text === '' ? ignored : assetReference.parse(text)),
};

/**
 * A decoded path as a media URL's own would be read: one leading slash, no empty levels; dot segments, backslashes and
 * control characters are refused, because storage and logs each read them in their own way.
 */
export function readAssetPath(text: string): Reading<string> {
  const levels = text.split('/').filter((level) => level !== '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const isBroken = /[\u0000-\u001f\u007f-\u009f\\]/.test(text) || !text.isWellFormed();
  if (levels.length === 0 || isBroken || levels.some((level) => level === '.' || level === '..'))
    return fault(EXPECTED);
  const path = `/${levels.join('/')}`;
  return Buffer.byteLength(path) > LIMITS.pathBytes ? fault(EXPECTED) : found(path);
}
