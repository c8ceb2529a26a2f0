import { readHeader, type SourceFormat } from './header.ts';
import { svgRoot, svgSize } from './svg.ts';

export interface ImageFacts {
  readonly contentType: string;
  /** Without a dot. */
  readonly extension: string;
  /** As shown: EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly hasAlpha: boolean;
  /** EXIF, 2..8; missing when the picture is stored upright. */
  readonly orientation?: number;
}

/** Content types and extensions of the formats. */
export const FORMAT_NAMES: Readonly<Record<SourceFormat, { contentType: string; extension: string }>> = {
  jpeg: { contentType: 'image/jpeg', extension: 'jpg' },
  png: { contentType: 'image/png', extension: 'png' },
  webp: { contentType: 'image/webp', extension: 'webp' },
  avif: { contentType: 'image/avif', extension: 'avif' },
  gif: { contentType: 'image/gif', extension: 'gif' },
  tiff: { contentType: 'image/tiff', extension: 'tiff' },
  svg: { contentType: 'image/svg+xml', extension: 'svg' },
};

/**
 * What a file is, from its header: nothing is decoded, so the answer comes at once and says nothing about damage further
 * on, nor about limits. Never throws for bytes, whatever they are.
 * @returns undefined when it is no image that we can read
 */
export async function inspectImage(source: Uint8Array): Promise<ImageFacts | undefined> {
  return readFacts(source).catch(() => undefined);
}

/** As `inspectImage`. @throws Problem as readHeader */
export async function readFacts(source: Uint8Array): Promise<ImageFacts> {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const svg = svgRoot(bytes);
  if (svg !== undefined) {
    return { ...FORMAT_NAMES.svg, ...svgSize(svg), frames: 1, hasAlpha: true };
  }
  const { format, size, frames, hasAlpha, orientation } = await readHeader(source);
  return {
    ...FORMAT_NAMES[format],
    ...size,
    frames,
    hasAlpha,
    ...(orientation > 1 && { orientation }),
  };
}
