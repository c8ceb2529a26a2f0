/**
 * The canonical meaning of a media URL: which asset, which steps, what else counts.
 *
 * This file runs in two places: inside the CloudFront function, which decides on every request before the cache, and in
 * the transformer, which recomputes the variant key. It is therefore written in the language of CloudFront Functions 2.0
 * (AWS, "JavaScript runtime 2.0 features"): no destructuring, spread, for-of, classes or default parameters. The language
 * gate in the tests checks the bundle that ships.
 *
 * Grammar: ImageKit, "Transformations"; percent-decoding rules follow what the official SDKs 4 to 7 really emit.
 */

export interface CanonicalUrl {
  readonly fault?: undefined;
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
}

export interface UrlFault {
  readonly fault: 'malformed' | 'too-long';
  readonly message: string;
}

/** A signature proves a URL, it is not part of its meaning; a second one would leave open which is meant. */
const SIGNATURE = ['ik-s', 'ik-t'];

/**
 * Query items that belong to a variant's identity: ImageKit's own, and the two by which people ask for a fresh copy of
 * what an origin of theirs has changed. Every other item means nothing, so it must not make another variant: whoever
 * invents one could have the same picture rendered without end.
 */
const COUNTED = /^(ik-(?!sdk-version)[^=]*|v|updatedAt)(=|$)/;

/** Extensions that format negotiation concerns; a path without an extension may be an image as well. */
const NEGOTIATED = /(^|\/)[^./]*$|\.(jpe?g|jfif|png|webp|avif|gif|tiff?|heic|heif|svg|bmp|jxl)$/i;

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
  if (rawPath.charAt(0) !== '/' || /[^\x21-\x7e]|[\\#]/.test(rawPath + rawQuery)) {
    return malformed('A media URL has only printable ASCII characters and no backslash; escape others with %XX.');
  }
  try {
    return assemble(rawPath, rawQuery, keepsFormat);
  } catch (error) {
    return malformed(error instanceof URIError ? 'The URL has an escape that is not valid UTF-8.' : String(error));
  }
}

/** The text of the transformation and everything else that makes this variant differ from others of its asset. */
export function canonicalText(url: CanonicalUrl): string {
  const steps = url.original
    ? 'orig-true'
    : url.steps.map((step) => step.map((item) => encodeURIComponent(item)).join(',')).join(':');
  return `${steps}?${url.extraQuery.join('&')}${url.saves ? '#save' : ''}`;
}

/** Thrown as a plain string: the function's language has no classes. */
function assemble(rawPath: string, rawQuery: string, keepsFormat: boolean | undefined): CanonicalUrl {
  const steps: string[][] = [];
  const path: string[] = [];
  rawPath.split('/').forEach((segment) => {
    if (/^tr:/.test(segment)) splitRaw(segment.slice(3), false, steps);
    else if (/^tr%3a/i.test(segment)) splitDecoded(decodeURIComponent(segment).slice(3), false, steps);
    else decodeSegment(segment, path);
  });
  const extraQuery = readQuery(rawQuery, steps);
  const meaning = orderSteps(steps, keepsFormat ? '' : 'auto');
  const assetPath = `/${withoutSeoName(path).join('/')}`;
  return {
    assetPath: assetPath,
    steps: meaning.original ? [] : meaning.steps,
    original: meaning.original,
    fixedFormat: meaning.original || meaning.format !== 'auto' || !NEGOTIATED.test(assetPath),
    extraQuery: extraQuery,
  };
}

/**
 * `ik-seo/folder/photo/a-name-for-search-engines.jpg` is `folder/photo.jpg` (ImageKit, "Dynamic SEO suffix"): the last
 * segment only names, its extension belongs to the one before it.
 */
function withoutSeoName(path: string[]): string[] {
  if (path[0] !== 'ik-seo' || path.length < 3) return path;
  const name = path[path.length - 1] as string;
  const extension = /\.[^.]+$/.exec(name);
  return path.slice(1, -2).concat((path[path.length - 2] as string) + (extension ? extension[0] : ''));
}

/**
 * Decodes once. An escaped slash separates like a written one; empty segments vanish. Control characters (C0, DEL, C1),
 * backslashes and dot segments are refused: storage, logs and proxies each read them in their own way.
 */
function decodeSegment(segment: string, path: string[]): void {
  if (/%[01][0-9a-f]|%7f|%5c|%c2%[89][0-9a-f]/i.test(segment)) {
    throw 'The path has a control character or a backslash.';
  }
  const decoded = decodeURIComponent(segment);
  decoded.split('/').forEach((part) => {
    if (part === '.' || part === '..') throw 'The path has a dot segment.';
    if (part) path.push(part);
  });
}

function readQuery(rawQuery: string, steps: string[][]): string[] {
  const extra: string[] = [];
  const seen: Record<string, boolean> = {};
  rawQuery.split('&').forEach((item) => {
    const equals = item.indexOf('=');
    const name = equals < 0 ? item : item.slice(0, equals);
    if (name === 'tr') {
      if (equals > 0) readQueryTransformation(item.slice(equals + 1), steps);
    } else if (SIGNATURE.indexOf(name) >= 0) {
      if (seen[name]) throw `The parameter ${name} is given twice.`;
      seen[name] = true;
    } else if (COUNTED.test(item)) extra.push(item);
  });
  return extra.sort();
}

/**
 * The query form comes in two dialects: structure written literally (SDK 7 and browsers), or the whole value
 * form-encoded (SDK 6, where the base64 of `ie-` is then escaped twice).
 */
function readQueryTransformation(raw: string, steps: string[][]): void {
  if (/[,:]/.test(raw) || !/%2c|%3a/i.test(raw)) splitRaw(raw, true, steps);
  else splitDecoded(decodeURIComponent(raw.replace(/\+/g, ' ')), true, steps);
}

/** Splits first, then decodes each item once. */
function splitRaw(raw: string, plusIsSpace: boolean, steps: string[][]): void {
  raw.split(':').forEach((step) => {
    const items: string[] = [];
    step.split(',').forEach((item) => {
      items.push(decodeURIComponent(plusIsSpace && !/^ie-/.test(item) ? item.replace(/\+/g, ' ') : item));
    });
    pushStep(items, steps);
  });
}

function splitDecoded(decoded: string, base64TwiceEscaped: boolean, steps: string[][]): void {
  decoded.split(':').forEach((step) => {
    pushStep(
      step
        .split(',')
        .map((item) => (base64TwiceEscaped && /^ie-/.test(item) ? decodeURIComponent(item.replace(/ /g, '+')) : item)),
      steps,
    );
  });
}

function pushStep(items: string[], steps: string[][]): void {
  const kept = items.filter((item) => item !== '');
  if (kept.length) steps.push(kept);
}

/** The key of an item: what stands before the first dash, and for effects the effect's name too. */
export function itemKey(item: string): string {
  // Also matches an empty text.
  return (/^(e-[^-]*|[^-]*)/.exec(item) as RegExpExecArray)[0];
}

/**
 * Puts the items of plain steps in one order, the last of equal keys winning, so that equal meaning has one text. Layer
 * and conditional blocks keep their order: their items open and close a scope.
 */
function orderSteps(
  steps: string[][],
  defaultFormat: string,
): { steps: string[][]; original: boolean; format: string } {
  let depth = 0;
  let original = false;
  let format = defaultFormat;
  const ordered = steps.map((step) => {
    let plain = depth === 0;
    step.forEach((item) => {
      if (/^(l|if)-end$/.test(item)) depth = Math.max(0, depth - 1);
      else if (/^l-|^if-(?!else$)/.test(item)) {
        depth++;
        plain = false;
      } else if (depth === 0 && /^orig(-true)?$/.test(item)) original = true;
      else if (depth === 0 && /^f-/.test(item)) format = item.slice(2);
    });
    return plain ? orderItems(step) : step;
  });
  return { steps: ordered, original: original, format: format };
}

function orderItems(step: string[]): string[] {
  const last: Record<string, string> = {};
  step.forEach((item) => {
    // The dot keeps names apart that every object has.
    last[`.${itemKey(item)}`] = item;
  });
  return Object.keys(last)
    .sort()
    .map((key) => last[key] as string);
}
