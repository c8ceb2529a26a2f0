import type { CanonicalUrl } from './canonical-url.ts';

/**
 * Client hints (ImageKit, "Client hints"; W3C Responsive Image Client Hints): `w-auto` and `dpr-auto` become what the
 * client says about itself before the variant is named, so that a picture of 400 pixels is one variant, however it was
 * asked for.
 */
export interface ClientHints {
  /** `Sec-CH-Width`, rounded up to the next hundred; 0 when the client does not say. */
  readonly width: number;
  /** `Sec-CH-DPR` within the bounds of `dpr`; 0 when the client does not say. */
  readonly dpr: number;
  /** `Save-Data: on`. */
  readonly saveData: boolean;
}

/** Rounding keeps the number of variants small (ImageKit rounds alike). */
const WIDTH_STEP = 100;
const WIDEST = 8192;

/** @param header gives a request header's value, empty when it is missing */
export function readHints(header: (name: string) => string): ClientHints {
  const width = readNumber(header('sec-ch-width'));
  const dpr = readNumber(header('sec-ch-dpr'));
  return {
    width: width ? Math.min(WIDEST, Math.ceil(width / WIDTH_STEP) * WIDTH_STEP) : 0,
    dpr: dpr ? Math.round(Math.min(5, Math.max(0.1, dpr)) * 100) / 100 : 0,
    saveData: /^on$/i.test(header('save-data')),
  };
}

function readNumber(text: string): number {
  return /^\d{1,5}(\.\d{1,4})?$/.test(text) ? +text : 0;
}

/**
 * The URL with the client's hints put in, and which hints the answer depends on.
 * @param savesData whether the endpoint lets clients ask for smaller files
 */
export function applyHints(url: CanonicalUrl, hints: ClientHints, savesData: boolean | undefined): CanonicalUrl {
  const usesWidth = hasItem(url, 'w-auto');
  const usesDpr = hasItem(url, 'dpr-auto');
  const maySave = !!savesData && !url.original;
  if (!usesWidth && !usesDpr && !maySave) return url;
  const width = usesWidth && hints.width ? `w-${hints.width}` : '';
  // A width that the client has told is in physical pixels already.
  const dpr = usesDpr && hints.dpr && !width ? `dpr-${hints.dpr}` : '';
  const steps = url.steps.map((step) =>
    step.map((item) => (item === 'w-auto' ? width : item === 'dpr-auto' ? dpr : item)).filter((item) => item),
  );
  return Object.assign({}, url, {
    steps: steps.filter((step) => step.length),
    varies: (usesDpr ? 'd' : '') + (maySave ? 's' : '') + (usesWidth ? 'w' : ''),
    saves: maySave && hints.saveData,
  });
}

function hasItem(url: CanonicalUrl, wanted: string): boolean {
  return url.steps.some((step) => step.includes(wanted));
}

/** The hints as they travel to the transformer: digits and underscores, the ratio in hundredths. */
export function writeHints(hints: ClientHints): string {
  return `${hints.width}_${Math.round(hints.dpr * 100)}_${hints.saveData ? 1 : 0}`;
}

/** What `writeHints` wrote; anything else says nothing. */
export function parseHints(text: string): ClientHints {
  const parts = text.split('_');
  return { width: Number(parts[0]) || 0, dpr: (Number(parts[1]) || 0) / 100, saveData: parts[2] === '1' };
}
