import type { RewriterSettings } from '../../../contract/edge.ts';
import type { CanonicalUrl, UrlChoices } from '../canonical-url.ts';
import { readImagekitUrl } from './imagekit/read-url.ts';

/** A format that the URL itself decides: `f_jpg` of Cloudinary, `fm=jpg` of imgix. */
const FIXED_FORMAT = /[/,C&]f(_|m=)(?!auto)/;

/**
 * Reads a URL of an endpoint with a URL rewriter (ImageKit, "URL rewriters"): what is written in another product's words is
 * cut out as it stands, the rest is an ImageKit URL.
 * @throws string, URIError as `readImagekitUrl`
 */
export function readForeign(
  rawPath: string,
  rawQuery: string,
  choices: UrlChoices,
  rewriter: RewriterSettings,
): CanonicalUrl {
  const found = RegExp(rewriter.segments).exec(rawPath) as RegExpExecArray;
  const items = rawQuery.split('&').filter((item) => RegExp(rewriter.items).test(item));
  const foreign = found[2] + items.sort().join('&');
  const url = readImagekitUrl(found[1] + rawPath.slice(found[0].length), rawQuery, choices);
  return Object.assign(url, {
    foreign: foreign,
    fixedFormat: url.fixedFormat || FIXED_FORMAT.test(`&${foreign}`),
  });
}
