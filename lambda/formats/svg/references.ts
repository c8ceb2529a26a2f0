import { REFERENCES } from './allowed-names.ts';

/** A place in the same file. */
const WITHIN = /^#[^\s#]*$/;

/** A picture that is in the file itself. Not SVG: that would be a file within the file, with everything again. */
const PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$/i;

/** A font that is in the file itself. */
const FONT =
  /^data:(?:font\/[a-z0-9]+|application\/(?:x-)?font-[a-z0-9]+)(?:;charset=[a-z0-9-]+)?;base64,[A-Za-z0-9+/=\s]*$/i;

/** Somewhere to go by a click; nothing is read. */
const LINK = /^(?:https?:\/\/|mailto:)[^\s]*$/i;

/** Characters that browsers leave out of URLs, so that `java&#10;script:` would run (URL standard, "basic URL parser"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/;

/** Whether an element may refer to something. */
export function mayRefer(element: string, target: string): boolean {
  const kind = REFERENCES[element];
  const value = target.trim();
  if (kind === undefined) return false;
  if (WITHIN.test(value)) return true;
  if (kind === 'picture') return PICTURE.test(value);
  return kind === 'link' && !INVISIBLE.test(value) && LINK.test(value);
}

/** Whether a style may name a URL: nothing outside the file is ever read. */
export function mayLoad(url: string): boolean {
  const value = url.trim();
  return WITHIN.test(value) || PICTURE.test(value) || FONT.test(value);
}
