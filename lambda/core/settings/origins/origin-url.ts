import type { S3CompatibleOrigin } from './origin.ts';

/** Base URL of the bucket of a compatible server: below the endpoint's path, or as a part of its host. */
export function bucketUrlOf({ endpoint, bucket, s3ForcePathStyle }: S3CompatibleOrigin): string {
  const { protocol, host, pathname } = new URL(endpoint);
  const path = pathname.replace(/\/+$/, '');
  return s3ForcePathStyle ? `${protocol}//${host}${path}/${bucket}` : `${protocol}//${bucket}.${host}${path}`;
}

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

/**
 * The remote URL that an asset path of a web proxy is. ImageKit's SDKs collapse the two slashes to one, and the path
 * that arrives here is decoded once already, so that a remote URL that was escaped as a whole is as it was written. A
 * literal `#` can then only be a part of a name that was escaped, because fragments are not sent.
 * @param path leading slash, decoded: `/https:/www.example.com/a.jpg`
 * @returns undefined when the path is no remote URL
 */
export function proxiedUrl(path: string): string | undefined {
  const match = /^\/(https?):\/+([^/].*)$/i.exec(path);
  return match ? `${match[1]?.toLowerCase()}://${match[2]?.replaceAll('#', '%23')}` : undefined;
}
