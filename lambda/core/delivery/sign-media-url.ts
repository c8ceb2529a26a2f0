import { withSignature } from '../kernel/url-signature.ts';
import { escapePath } from '../library/asset-path.ts';

export interface SignedMedia {
  /** Of the file, in canonical form. */
  readonly path: string;
  /** Value of `tr`: `n-small`, or `orig-true` for the bytes as they were uploaded. */
  readonly transformation: string;
  /** Seconds since 1970. */
  readonly until: number;
  /** A browser saves it. @default it shows what it can */
  readonly isDownload?: boolean;
}

/**
 * The URL by which a file is delivered until a moment, to whoever has it.
 * @param endpoint base URL of media, without a trailing slash
 */
export function signMediaUrl(endpoint: string, media: SignedMedia, key: string): string {
  const { path, transformation, until, isDownload } = media;
  const query = `tr=${encodeURIComponent(transformation)}${isDownload ? '&ik-attachment=true' : ''}`;
  const relative = `${escapePath(path).slice(1)}?${query}`;
  return withSignature({ base: `${endpoint}/`, relative, until }, key);
}
