import type { ExaminedImage } from '../render/source/examine.ts';

/** ImageKit, "Get image metadata"; `frames`, `dominantColor`, `blurhash`, `thumbhash` and `iptc` are ours. */
export interface ImageMetadata {
  readonly height: number;
  readonly width: number;
  /** Bytes. */
  readonly size: number;
  readonly format: string;
  readonly hasColorProfile: boolean;
  /** Of a JPEG, 1..100; 0 when unknown. */
  readonly quality: number;
  readonly density: number;
  readonly hasTransparency: boolean;
  readonly frames: number;
  /** 64 bits in hexadecimal. */
  readonly pHash?: string;
  /** `#rrggbb`. */
  readonly dominantColor?: string;
  readonly blurhash?: string;
  /** Base64. */
  readonly thumbhash?: string;
  readonly exif?: object;
  readonly iptc?: object;
}

export type ExamineImage = (source: Uint8Array) => Promise<ExaminedImage>;
export type DescribeImage = (source: Uint8Array, image: ExaminedImage) => ImageMetadata;
