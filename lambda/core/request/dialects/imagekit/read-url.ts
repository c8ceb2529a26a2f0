import type { CanonicalUrl } from '../../canonical-url.ts';
import { decodeSegment, NEGOTIATED } from '../../canonical-url.ts';

/** A signature proves a URL, it is not part of its meaning; a second one would leave open which is meant. */
const SIGNATURE = ['ik-s', 'ik-t'];

/**
 * Query items that belong to a variant's identity: ImageKit's own, and the two by which people ask for a fresh copy of
 * what an origin of theirs has changed. Every other item means nothing, so it must not make another variant: whoever
 * invents one could have the same picture rendered without end.
 */
const COUNTED = /^(ik-(?!sdk-version)[^=]*|v|updatedAt)(=|$)/;

/**
 * Reads an ImageKit URL (ImageKit, "Transformations"); percent-decoding follows what the official SDKs 4 to 7 emit.
 * @throws string what is wrong with the URL; the edge's language has no classes
 * @throws URIError for an escape that is not UTF-8
 */
export function readImagekitUrl(rawPath: string, rawQuery: string, keepsFormat: boolean | undefined): CanonicalUrl {
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

function readQuery(rawQuery: string, steps: string[][]): string[] {
  const extra: string[] = [];
  const seen: Record<string, boolean> = {};
  rawQuery.split('&').forEach((item) => {
    const equals = item.indexOf('=');
    const name = equals < 0 ? item : item.slice(0, equals);
    if (name === 'tr') {
      if (equals > 0) readQueryTransformation(item.slice(equals + 1), steps);
    } else if (SIGNATURE.includes(name)) {
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
