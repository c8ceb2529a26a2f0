import type { CanonicalUrl, UrlChoices } from '../../canonical-url.ts';
import { decodeSegment, NEGOTIATED } from '../../canonical-url.ts';

/**
 * Query items that belong to a variant's identity: those of ImageKit's that choose a version or make a download, and the
 * two by which people ask for a fresh copy of what an origin of theirs has changed. Every other item means nothing, so
 * it must not make another variant: whoever invents one could have the same picture rendered without end.
 */
const COUNTED = /^(v|updatedAt|ik-obj-version|ik-attachment-filename)(=|$)|^ik-attachment=true$/;

/**
 * Reads an ImageKit URL (ImageKit, "Transformations"); percent-decoding follows what the official SDKs 4 to 7 emit.
 * @throws string what is wrong with the URL; the edge's language has no classes
 * @throws URIError for an escape that is not UTF-8
 */
export function readImagekitUrl(rawPath: string, rawQuery: string, choices: UrlChoices): CanonicalUrl {
  const steps: string[][] = [];
  const path: string[] = [];
  rawPath.split('/').forEach((segment) => {
    const transformation = /^tr(:|%3[Aa])(.*)/.exec(segment);
    if (transformation) readSteps(transformation[2] as string, transformation[1] !== ':', false, steps);
    else decodeSegment(segment, path);
  });
  const extraQuery = readQuery(rawQuery, steps);
  const meaning = orderSteps(steps, choices);
  const assetPath = withoutSeoName(`/${path.join('/')}`);
  return {
    assetPath: assetPath,
    steps: meaning.original ? [] : meaning.steps,
    original: meaning.original,
    fixedFormat: meaning.original || meaning.askedFormat !== 'auto' || !NEGOTIATED.test(assetPath),
    extraQuery: extraQuery,
  };
}

/**
 * `ik-seo/folder/photo/a-name-for-search-engines.jpg` is `folder/photo.jpg` (ImageKit, "Dynamic SEO suffix"): the last
 * segment only names, its extension belongs to the one before it.
 */
function withoutSeoName(path: string): string {
  return path.replace(/^\/ik-seo\/([\s\S]*)\/[^/]*?(\.[^./]+)?$/, '/$1$2');
}

function readQuery(rawQuery: string, steps: string[][]): string[] {
  const extra: string[] = [];
  let seen = '';
  rawQuery.split('&').forEach((item) => {
    // A signature proves a URL, it is not part of its meaning; a second one would leave open which is meant.
    const proof = /^ik-[st](?==|$)/.exec(item);
    if (proof) {
      if (seen.includes(proof[0])) throw `The parameter ${proof[0]} is given twice.`;
      seen += proof[0];
    } else if (COUNTED.test(item)) extra.push(item);
    else if (/^tr=/.test(item)) {
      const raw = item.slice(3);
      readSteps(raw, !/[,:]/.test(raw), true, steps);
    }
  });
  return extra.sort();
}

/**
 * Splits, then decodes each item once; empty steps and items vanish. Commas and colons are literal (SDK 7 and browsers),
 * or the whole value is escaped: in a query that is SDK 6's form encoding, where the base64 of `ie-` is escaped twice.
 */
function readSteps(raw: string, isWhollyEscaped: boolean, isQuery: boolean, steps: string[][]): void {
  const text = isWhollyEscaped ? raw.replace(/%2c/gi, ',').replace(/%3a/gi, ':') : raw;
  text.split(':').forEach((step) => {
    const items = step.split(',').filter((item) => item);
    if (items.length) steps.push(items.map(decodeItem));
  });
  function decodeItem(item: string): string {
    const isBase64 = /^ie-/.test(item);
    const decoded = decodeURIComponent(isQuery && !isBase64 ? item.replace(/\+/g, ' ') : item);
    return isBase64 && isQuery && text !== raw ? decodeURIComponent(decoded) : decoded;
  }
}

/** The key of an item: what stands before the first dash, and for effects the effect's name too. */
export function itemKey(item: string): string {
  // Also matches an empty text.
  return (/^(e-)?[^-]*/.exec(item) as RegExpExecArray)[0];
}

/**
 * Puts the items of plain steps in one order, the last of equal keys winning, so that equal meaning has one text. Layer
 * and conditional blocks keep their order: their items open and close a scope.
 */
export function orderSteps(
  steps: string[][],
  choices: UrlChoices,
): { steps: string[][]; original: boolean; askedFormat: string } {
  let depth = 0;
  let original = false;
  let format = choices.keeps ? '' : 'auto';
  const ordered = steps.map((step) => {
    let plain = !depth;
    step.forEach((item) => {
      if (/^(l|if)-end$/.test(item)) depth -= depth && 1;
      else if (/^l-|^if-(?!else$)/.test(item)) {
        depth++;
        plain = false;
      } else if (!depth && /^orig(-true)?$/.test(item)) original = true;
      else if (!depth && /^f-/.test(item)) format = item.slice(2);
    });
    return plain ? orderItems(step, choices.snap) : step;
  });
  return { steps: ordered, original: original, askedFormat: format };
}

function orderItems(step: string[], widthStep: number | undefined): string[] {
  const last: Record<string, string> = {};
  step.forEach((item) => {
    // The dot keeps names apart that every object has.
    last[`.${itemKey(item)}`] = canonicalNumber(item, widthStep);
  });
  return Object.keys(last)
    .sort()
    .map((key) => last[key] as string);
}

/**
 * A number has one text: `w-0300`, `w-300.4` and `w-300` are one variant, because whoever writes one picture in many ways
 * could have it rendered without end. Lengths of a pixel and more are whole. A width may be rounded up to the endpoint's
 * step, of at most 1000, if it is below 8000: no width is rounded beyond what a picture may have.
 */
function canonicalNumber(item: string, widthStep: number | undefined): string {
  return item.replace(/^([whq]|[xy]c?|bl|rt|dpr)-(\d{1,9}(\.\d+)?)$/, (_all, key: string, text: string) => {
    const exact = +text;
    const scale = exact >= 1 && /[whxy]/.test(key) ? 1 : 1e6;
    const value = Math.round(exact * scale) / scale;
    // Without a step the product is not a number.
    const stepped =
      key === 'w' && scale < 2 && value < 8e3 && Math.ceil(value / (widthStep as number)) * (widthStep as number);
    return `${key}-${stepped || value}`;
  });
}
