import type { ContentSummary } from '../store/content-summary.ts';
import type { EmbeddedMetadata } from '../store/embedded-metadata.ts';
import { embeddedKeywords } from './embedded-text.ts';

/** What a picture looks like, as its metadata say. */
export interface PictureLooks {
  readonly hasTransparency: boolean;
  readonly dominantColor?: string;
  readonly blurhash?: string;
  readonly thumbhash?: string;
  readonly pHash?: string;
}

/** Keywords that are searched for, and characters of one. */
const KEYWORDS = 50;
const KEYWORD_CHARACTERS = 100;

export function summaryOfPicture(looks: PictureLooks, embedded: EmbeddedMetadata): ContentSummary {
  const { hasTransparency, dominantColor, blurhash, thumbhash, pHash } = looks;
  const keywords = embeddedKeywords(embedded).slice(0, KEYWORDS);
  const takenAt = takenAtOf(embedded);
  const takenIn = takenInOf(embedded);
  return {
    hasAlpha: hasTransparency,
    ...(dominantColor !== undefined && { dominantColor }),
    ...(blurhash !== undefined && { blurhash }),
    ...(thumbhash !== undefined && { thumbhash }),
    ...(pHash !== undefined && { pHash }),
    ...(keywords.length > 0 && { keywords: keywords.map((one) => one.slice(0, KEYWORD_CHARACTERS)) }),
    ...(takenAt !== undefined && { takenAt }),
    ...(takenIn && { takenIn }),
  };
}

/** A camera that names its zone is believed; of others the clock is taken as UTC, as ImageKit does. */
function takenAtOf({ DateTimeOriginal: moment, OffsetTimeOriginal: offset }: EmbeddedMetadata): string | undefined {
  if (typeof moment !== 'string') return undefined;
  const zone = typeof offset === 'string' && /^[+-]\d\d:\d\d$/.test(offset) ? offset : 'Z';
  const at = Date.parse(moment.replace(/Z$/, zone));
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function takenInOf(embedded: EmbeddedMetadata): ContentSummary['takenIn'] {
  const latitude = degrees(embedded.GPSLatitude, embedded.GPSLatitudeRef, 'S', 90);
  const longitude = degrees(embedded.GPSLongitude, embedded.GPSLongitudeRef, 'W', 180);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** EXIF has degrees, minutes and seconds, without a sign. */
function degrees(value: unknown, reference: unknown, negative: 'S' | 'W', largest: number): number | undefined {
  if (!Array.isArray(value) || value.length !== 3 || value.some((one) => typeof one !== 'number')) return undefined;
  const [whole, minutes, seconds] = value as [number, number, number];
  const size = whole + minutes / 60 + seconds / 3600;
  if (!(size <= largest)) return undefined;
  return Number((reference === negative ? -size : size).toFixed(6));
}
