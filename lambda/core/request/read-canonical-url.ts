import type { CanonicalUrl, UnreadableUrl, UrlChoices } from './canonical-url.ts';
import { refuse } from './canonical-url.ts';
import { readForeign } from './dialects/foreign.ts';
import { readImagekitUrl } from './dialects/imagekit/read-url.ts';

/**
 * Reads a media URL as received: raw path (with its leading slash) and raw query (without `?`), nothing decoded before.
 * @param maximumBytes limit for path and query together
 */
export function readCanonicalUrl(
  rawPath: string,
  rawQuery: string,
  maximumBytes: number,
  choices: UrlChoices,
): CanonicalUrl | UnreadableUrl {
  if (rawPath.length + rawQuery.length + 1 > maximumBytes) {
    return refuse(414, `A URL has at most ${maximumBytes} bytes.`);
  }
  if (rawPath[0] !== '/' || /[^\x21-\x7e]|[\\#]/.test(rawPath + rawQuery)) {
    return refuse(400, 'A media URL is printable ASCII without a backslash; escape others with %XX.');
  }
  try {
    const rewriter = choices.rewriter;
    return rewriter ? readForeign(rawPath, rawQuery, choices, rewriter) : readImagekitUrl(rawPath, rawQuery, choices);
  } catch (error) {
    return refuse(400, error instanceof URIError ? 'The URL has an escape that is not valid UTF-8.' : `${error}`);
  }
}
