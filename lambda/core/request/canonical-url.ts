import type { EndpointSettings } from '../../contract/edge.ts';

/** The canonical meaning of a media URL, whatever dialect it was written in: which asset, which steps, what else counts. */
export interface CanonicalUrl {
  readonly refusal?: undefined;
  /** Decoded path of the asset: leading slash, no empty, `.` or `..` segments. */
  readonly assetPath: string;
  /** Chained steps in order, each a list of decoded items; empty steps and items are gone. */
  readonly steps: string[][];
  /** The source's untouched bytes were asked for; the steps are then empty. */
  readonly original: boolean;
  /** The URL itself decides the format, whatever the client accepts. */
  readonly fixedFormat: boolean;
  /** Query items beside the transformation that count, raw, sorted. */
  readonly extraQuery: string[];
  /** Client hints that the answer depends on: d pixel ratio, s saving of data, w width. Missing when none. */
  readonly varies?: string;
  /** The client asked for smaller files, and the endpoint lets it. */
  readonly saves?: boolean;
  /** What is asked in another product's words, raw: segments of the path with their slashes, or sorted items of the query. */
  readonly foreign?: string;
}

/** What an endpoint decides about the meaning of its URLs. */
export type UrlChoices = Pick<EndpointSettings, 'keeps' | 'snap' | 'rewriter'>;

/** A URL that cannot be read: malformed or too long. */
export interface UnreadableUrl {
  readonly refusal: 400 | 414;
  readonly reason: string;
}

export const refuse = <Status extends number>(status: Status, reason: string) => ({ refusal: status, reason: reason });

/** The text of the transformation and everything else that makes this variant differ from others of its asset. */
export function canonicalText(url: CanonicalUrl): string {
  const steps = url.original ? 'orig-true' : url.steps.map((step) => step.map(encodeURIComponent).join(',')).join(':');
  return `${steps}?${url.extraQuery.join('&')}${url.saves ? '#save' : ''}${url.foreign ? `#${url.foreign}` : ''}`;
}

/** Extensions that format negotiation concerns; a path without an extension may be an image as well. */
export const NEGOTIATED = /(^|\/)[^./]*$|\.(jpe?g|jfif|png|webp|avif|gif|tiff?|hei[cf]|svg|bmp|jxl)$/i;

/**
 * Decodes once. An escaped slash separates like a written one; empty segments vanish. Control characters (C0, DEL, C1),
 * backslashes and dot segments are refused: storage, logs and proxies each read them in their own way.
 * @throws string what is wrong, or URIError
 */
export function decodeSegment(segment: string, path: string[]): void {
  decodeURIComponent(segment)
    .split('/')
    .forEach((part) => {
      if (/[^ -~\xa0-\uffff]|\\|^\.\.?$/.test(part)) throw 'A path has no dot segment, control character or backslash.';
      if (part) path.push(part);
    });
}
