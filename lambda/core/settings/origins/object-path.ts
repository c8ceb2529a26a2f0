/**
 * The path of an asset below an origin's folder, escaped for a URL: everything outside RFC 3986's unreserved characters,
 * as the canonical paths of S3's and Google's signatures have it.
 * @param path leading slash, decoded
 * @returns without a leading slash
 */
export function objectPath(prefix: string, path: string): string {
  const segments = [...prefix.split('/'), ...path.split('/')].filter((segment) => segment !== '');
  return segments.map(escapeSegment).join('/');
}

function escapeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
