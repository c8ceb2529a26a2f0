/** A media type without parameters (RFC 6838, section 4.2). */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;

/** Types that clients send of a file that they do not know. */
const NOTHING_SAID = new Set(['application/octet-stream', 'binary/octet-stream', 'application/x-binary']);

/** Names that clients use for types which have another one. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/apng': 'image/png',
  'image/tif': 'image/tiff',
  'image/svg': 'image/svg+xml',
  'image/x-ms-bmp': 'image/bmp',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'application/x-pdf': 'application/pdf',
  'application/x-zip-compressed': 'application/zip',
  'audio/mp3': 'audio/mpeg',
};

/**
 * The type that a sender declares, as it is kept: in lower case, without parameters.
 * @returns undefined where nothing is said by it
 */
export function declaredType(claimed: string | undefined): string | undefined {
  const type = claimed?.split(';')[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(type) && !NOTHING_SAID.has(type) ? type : undefined;
}

/** Whether a declared type is another name of the one that was found. */
export const isSameType = (declared: string, found: string): boolean => (ALIASES[declared] ?? declared) === found;
