import type { Photo } from './photos.ts';

/** What a picture is made into. */
export interface RenderCase {
  /** Pixels. */
  readonly width: number;
  readonly format: 'jpeg' | 'webp' | 'avif' | 'png';
  /** Of the request. */
  readonly accept: string;
  /** Of one round: small pictures take less than the clock of processor time tells. */
  readonly requests: number;
}

const JPEG = { format: 'jpeg', accept: '*/*' } as const;
const WEBP = { format: 'webp', accept: 'image/webp' } as const;

const SMALL_PHOTO: readonly RenderCase[] = [
  { width: 512, ...JPEG, requests: 12 },
  { width: 512, ...WEBP, requests: 12 },
  { width: 512, format: 'avif', accept: 'image/avif', requests: 12 },
];
const LARGE_PHOTO: readonly RenderCase[] = [
  { width: 400, ...JPEG, requests: 12 },
  { width: 800, ...JPEG, requests: 12 },
  { width: 1600, ...JPEG, requests: 12 },
  { width: 512, ...WEBP, requests: 12 },
];

/** Of what is no photograph, by the extension of its file. */
const GRAPHICS: Readonly<Record<string, readonly RenderCase[]>> = {
  png: [{ width: 512, ...WEBP, requests: 12 }],
  gif: [{ width: 320, ...WEBP, requests: 6 }],
  svg: [{ width: 512, format: 'png', accept: '*/*', requests: 12 }],
};

/** What a picture is made into. */
export const casesOf = ({ name, size }: Pick<Photo, 'name' | 'size'>): readonly RenderCase[] =>
  GRAPHICS[extensionOf(name)] ?? (size.width * size.height < 4_000_000 ? SMALL_PHOTO : LARGE_PHOTO);

/** In lower case, without the dot. */
export const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
