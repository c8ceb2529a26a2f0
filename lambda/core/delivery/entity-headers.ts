/**
 * What a client needs to ask for a part, or whether something is newer (RFC 9110, sections 8.8.2 and 14.3), as S3 sends it of
 * stored variants. The CDN answers such requests itself, from the whole that it has; so parts are offered although the
 * transformer always sends the whole, which the RFC allows.
 * @param modified milliseconds since 1970
 */
export const entityHeaders = (modified: number): Record<string, string> => ({
  'last-modified': new Date(modified).toUTCString(),
  'accept-ranges': 'bytes',
});
