import type { CanonicalUrl, UrlFault } from './canonical-url.ts';
import { readImagekitUrl } from './dialects/imagekit/read-url.ts';

const malformed = (message: string): UrlFault => ({ fault: 'malformed', message: message });

/**
 * Reads a media URL as received: raw path (with its leading slash) and raw query (without `?`), nothing decoded before.
 * @param maximumBytes limit for path and query together
 * @param keepsFormat the endpoint leaves pictures in their file's format unless the URL says otherwise
 */
export function readCanonicalUrl(
  rawPath: string,
  rawQuery: string,
  maximumBytes: number,
  keepsFormat?: boolean,
): CanonicalUrl | UrlFault {
  if (rawPath.length + rawQuery.length + 1 > maximumBytes) {
    return { fault: 'too-long', message: `A media URL may have ${maximumBytes} bytes.` };
  }
  if (rawPath[0] !== '/' || /[^\x21-\x7e]|[\\#]/.test(rawPath + rawQuery)) {
    return malformed('A media URL has only printable ASCII characters and no backslash; escape others with %XX.');
  }
  try {
    return readImagekitUrl(rawPath, rawQuery, keepsFormat);
  } catch (error) {
    return malformed(error instanceof URIError ? 'The URL has an escape that is not valid UTF-8.' : String(error));
  }
}
