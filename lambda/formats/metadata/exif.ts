import readExif from 'exif-reader';

type Tags = Readonly<Record<string, unknown>>;

/** The groups of ImageKit's metadata ("Get image metadata"). */
export type ExifGroups = {
  readonly image: Tags;
  readonly thumbnail: Tags;
  readonly exif: Tags;
  readonly gps: Tags;
  readonly interoperability: Tags;
  readonly makernote: Tags;
};

/** Tags that ImageKit names otherwise than the standard does. */
const NAMES: Readonly<Record<string, string>> = {
  DateTime: 'ModifyDate',
  ExifTag: 'ExifOffset',
  GPSTag: 'GPSInfo',
  InteroperabilityTag: 'InteropOffset',
  InteroperabilityIndex: 'InteropIndex',
  InteroperabilityVersion: 'InteropVersion',
  DateTimeDigitized: 'CreateDate',
  ISOSpeedRatings: 'ISO',
  ExposureBiasValue: 'ExposureCompensation',
  FocalLengthIn35mmFilm: 'FocalLengthIn35mmFormat',
  PixelXDimension: 'ExifImageWidth',
  PixelYDimension: 'ExifImageHeight',
  JPEGInterchangeFormat: 'ThumbnailOffset',
  JPEGInterchangeFormatLength: 'ThumbnailLength',
};

/** Bytes of one value that are worth showing; maker notes have hundreds of kilobytes. */
const LONGEST = 1000;

/** What an EXIF block says; nothing when it is damaged. */
export function exifGroups(block: Buffer | undefined): ExifGroups | undefined {
  if (!block) return undefined;
  try {
    const { Image = {}, Thumbnail = {}, Photo = {}, GPSInfo = {}, Iop = {} } = readExif(block);
    return {
      image: readable(Image),
      thumbnail: readable(Thumbnail),
      exif: readable(Photo),
      gps: readable(GPSInfo),
      interoperability: readable(Iop),
      makernote: {},
    };
  } catch {
    return undefined;
  }
}

function readable(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags)
      .filter(([name]) => name !== 'MakerNote')
      .map(([name, value]) => [NAMES[name] ?? name, shown(value)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** Text where bytes are text; dates as EXIF writes them. */
function shown(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : exifDate(value);
  if (Buffer.isBuffer(value)) {
    const text = value.toString('latin1').replace(/\0+$/, '');
    return value.length <= LONGEST && /^[\x20-\x7e]*$/.test(text) ? text : undefined;
  }
  if (typeof value === 'string') return value.length <= LONGEST ? value : value.slice(0, LONGEST);
  return Array.isArray(value) && value.length > LONGEST ? undefined : value;
}

const exifDate = (date: Date): string => date.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
