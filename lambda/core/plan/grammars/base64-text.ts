/**
 * The text behind `ie-` (ImageKit, "Add overlays"): base64 of UTF-8, standard or URL-safe alphabet, with or without
 * padding. Some clients escape it once more, and a form's plus sign arrives as a space.
 * @returns undefined for anything else
 */
export function decodeBase64Text(value: string): string | undefined {
  const text = withoutEscapes(value)?.replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (text === undefined || !/^[A-Za-z0-9+/]*$/.test(text) || text.length % 4 === 1) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}

/** URL-safe and without padding, so that it needs no escapes anywhere. */
export const encodeBase64Text = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

function withoutEscapes(value: string): string | undefined {
  try {
    return value.includes('%') ? decodeURIComponent(value) : value;
  } catch {
    return undefined;
  }
}
