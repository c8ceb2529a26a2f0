import type { FormatClass } from '../../delivery/format-class.ts';
import type { OutputFormat, OutputSettings } from '../plan.ts';
import type { SourceHeader } from './header.ts';
import type { Picture } from './picture.ts';

/** How many of a source's frames an output needs: JPEG, PNG and AVIF show the first. */
export function framesNeeded({ format }: OutputSettings, { frames }: SourceHeader): number {
  return format === 'jpeg' || format === 'png' || format === 'avif' ? 1 : frames;
}

/**
 * The format of a finished picture. An explicit one wins; `original` is the source's, where we can write it; `auto` is
 * the best that the client can show and that the picture fits in.
 */
export function chooseFormat(
  output: OutputSettings,
  accepts: FormatClass,
  { format: source }: SourceHeader,
  picture: Pick<Picture, 'frames' | 'hasAlpha' | 'hasGaps'>,
): OutputFormat {
  if (output.format !== 'auto' && output.format !== 'original') return output.format;
  if (output.format === 'original' && source !== 'tiff') return source;
  if (picture.frames > 1) return accepts === 'plain' ? 'gif' : 'webp';
  if (accepts === 'plain' || output.format === 'original') return plainFormat(output, source, picture);
  // AVIF would lose what these three ask for (ImageKit excludes it for the first; the second holds the first).
  const excluded = output.keepColourProfile || output.keepMetadata || output.lossless;
  return accepts === 'avif' && !excluded ? 'avif' : 'webp';
}

/** For clients that show JPEG, PNG and GIF. JPEG never for a picture with transparency, GIF's is too coarse for ours. */
function plainFormat(
  { lossless }: OutputSettings,
  source: SourceHeader['format'],
  { hasAlpha, hasGaps }: Pick<Picture, 'hasAlpha' | 'hasGaps'>,
): OutputFormat {
  if (lossless || source === 'png') return 'png';
  if (source === 'gif' && !hasGaps) return 'gif';
  return hasAlpha ? 'png' : 'jpeg';
}
