import type { EmbeddedMetadata, EmbeddedValue } from '../../core/library/store/embedded-metadata.ts';
import type { ExaminedImage } from '../../core/render/source/examine.ts';
import { exifGroups } from './exif.ts';
import { readIptc } from './iptc.ts';
import type { XmpValue } from './xmp.ts';
import { readXmp } from './xmp.ts';

/** Bytes of all that is kept, as JSON; it is part of the version's record. */
const KEPT_BYTES = 16_000;

/** Characters of one text. */
const TEXT_CHARACTERS = 2000;

/** Numbers beyond that have no place in the table. */
const LARGEST = 1e100;

/** Names of IPTC's datasets where they are other ones than those of `readIptc` (ExifTool, "IPTC ApplicationRecord Tags"). */
const IPTC_NAMES: Readonly<Record<string, string>> = {
  objectName: 'ObjectName',
  keywords: 'Keywords',
  instructions: 'SpecialInstructions',
  dateCreated: 'DateCreated',
  byline: 'By-line',
  bylineTitle: 'By-lineTitle',
  city: 'City',
  provinceOrState: 'Province-State',
  country: 'Country-PrimaryLocationName',
  headline: 'Headline',
  credit: 'Credit',
  source: 'Source',
  copyrightNotice: 'CopyrightNotice',
  caption: 'Caption-Abstract',
};

/** Names of XMP's properties where they are other ones than their own (ExifTool, "XMP dc Tags"). */
const XMP_NAMES: Readonly<Record<string, string>> = {
  title: 'Title',
  description: 'Description',
  subject: 'Subject',
  rights: 'Rights',
  creator: 'Creator',
};

/** EXIF's members that are moments; it writes `2026:11:25 10:20:30`, without a zone. */
const MOMENTS = ['DateTimeOriginal', 'CreateDate', 'ModifyDate'];

/**
 * What a file says of itself, by the names of ExifTool, which are ImageKit's: texts that people wrote first, then the camera's
 * values. A text in a language is a member of its own, such as `Title-de`. What is too much is left out.
 */
export function embeddedMetadata({ exif, iptc, xmp }: Pick<ExaminedImage, 'exif' | 'iptc' | 'xmp'>): EmbeddedMetadata {
  const fromIptc = iptc ? namedIptc(readIptc(iptc)) : [];
  const fromXmp = xmp ? [...readXmp(xmp)].flatMap(([name, value]) => namedXmp(XMP_NAMES[name] ?? name, value)) : [];
  const { image = {}, exif: camera = {}, gps = {} } = (exif && exifGroups(exif)) || {};
  const fromExif = Object.entries({ ...image, ...camera, ...gps }).map(([name, value]) => [name, moment(name, value)]);
  const texts = Object.fromEntries([...fromIptc, ...fromXmp]);
  return within(KEPT_BYTES, [...Object.entries(withAllKeywords(texts)), ...(fromExif as [string, unknown][])]);
}

const namedIptc = (iptc: ReturnType<typeof readIptc>): [string, unknown][] =>
  Object.entries(iptc).map(([name, value]) => [IPTC_NAMES[name] ?? name, value]);

function namedXmp(name: string, value: XmpValue): [string, unknown][] {
  if (!(value instanceof Map)) return [[name, value]];
  const [first = ''] = value.values();
  const languages = [...value].filter(([language]) => language !== 'x-default');
  return [
    [name, value.get('x-default') ?? first],
    ...languages.map(([language, text]): [string, unknown] => [`${name}-${language}`, text]),
  ];
}

/** Writers fill IPTC's keywords, XMP's subject, or both. */
function withAllKeywords(texts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const all = [texts.Keywords, texts.Subject].flatMap((one) => (one === undefined ? [] : one)) as string[];
  const distinct = [...new Set(all.map((keyword) => keyword.trim()))].filter((keyword) => keyword !== '');
  return distinct.length === 0 ? texts : { ...texts, Keywords: distinct };
}

function moment(name: string, value: unknown): unknown {
  if (!MOMENTS.includes(name) || typeof value !== 'string') return value;
  const iso = value.replace(/^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/, '$1-$2-$3T$4.000Z');
  return Number.isNaN(Date.parse(iso)) ? value : iso;
}

/** The first members that fit. */
function within(bytes: number, members: readonly (readonly [string, unknown])[]): EmbeddedMetadata {
  const kept: Record<string, EmbeddedValue> = {};
  let left = bytes;
  for (const [name, value] of members) {
    const kind = Object.hasOwn(kept, name) ? undefined : keptValue(value);
    const cost = Buffer.byteLength(JSON.stringify([name, kind ?? null]));
    if (kind === undefined || cost > left) continue;
    kept[name] = kind;
    left -= cost;
  }
  return kept;
}

function keptValue(value: unknown): EmbeddedValue | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value.slice(0, TEXT_CHARACTERS);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return isKept(value) ? value : undefined;
  if (!Array.isArray(value)) return undefined;
  const items = value.map(keptValue).filter((item) => item !== undefined && !Array.isArray(item));
  return items.length === value.length && items.length > 0 ? (items as (string | number)[]) : undefined;
}

const isKept = (value: number): boolean =>
  Number.isFinite(value) && Math.abs(value) < LARGEST && (value === 0 || Math.abs(value) > 1 / LARGEST);
