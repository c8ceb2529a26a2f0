import type { OutputFormat, OutputSettings } from '../../plan/plan.ts';
import type { FormatClass } from '../../request/format-class.ts';
import type { Picture } from '../picture/picture.ts';
import type { SourceHeader } from '../source/header.ts';

/** Pixels of the largest AVIF that is made unasked: its encoder takes 24 bytes a pixel, WebP's takes seven. */
const AVIF_PIXELS = 20_000_000;

/** What the choice looks at: the format of the source, and what the picture has become. */
type Finished = Pick<Picture, 'frames' | 'hasAlpha' | 'hasGaps'> & Partial<Pick<Picture, 'excludesAvif' | 'size'>>;

export interface FormatDecision {
  readonly format: OutputFormat;
  /** In words that complete "because". */
  readonly because: string;
}

/**
 * The format of a finished picture. An explicit one wins; `original` is the source's, where we can write it; `auto` is
 * the best that the client can show and that the picture fits in.
 */
export function decideFormat(
  output: OutputSettings,
  accepts: FormatClass,
  source: SourceHeader['format'],
  picture: Finished,
): FormatDecision {
  // AVIF would lose what these ask for (ImageKit excludes it for profile and mask; metadata hold the profile).
  const excluded = output.keepColourProfile || output.keepMetadata || output.lossless || picture.excludesAvif;
  if (output.format === 'avif' && (output.keepColourProfile || picture.excludesAvif)) {
    return { ...plainFormat(output, source, picture), because: 'AVIF cannot keep what the URL asks for' };
  }
  if (output.format !== 'auto' && output.format !== 'original') {
    return { format: output.format, because: 'the URL asks for it' };
  }
  const keeps = output.format === 'original' || (output.keepsFormat ?? false);
  if (keeps && source !== 'tiff' && source !== 'svg') {
    return {
      format: source,
      because: `the ${output.format === 'original' ? 'URL' : 'endpoint'} asks for the format of the source`,
    };
  }
  if (picture.frames > 1) {
    return accepts === 'plain'
      ? { format: 'gif', because: 'the picture moves and the client does not accept WebP' }
      : { format: 'webp', because: 'the picture moves and the client accepts WebP' };
  }
  if (accepts === 'plain' || keeps) return plainFormat(output, source, picture);
  if (accepts === 'avif' && pixelsOf(picture) > AVIF_PIXELS) {
    return { format: 'webp', because: 'an AVIF of so many pixels takes too much memory' };
  }
  if (accepts === 'avif' && !excluded) return { format: 'avif', because: 'the client accepts AVIF' };
  return {
    format: 'webp',
    because: excluded
      ? 'the client accepts WebP, and AVIF cannot keep what the URL asks to keep'
      : 'the client accepts WebP',
  };
}

const pixelsOf = ({ size }: Finished): number => (size ? size.width * size.height : 0);

export const chooseFormat = (
  output: OutputSettings,
  accepts: FormatClass,
  { format: source }: Pick<SourceHeader, 'format'>,
  picture: Finished,
): OutputFormat => decideFormat(output, accepts, source, picture).format;

/** For clients that show JPEG, PNG and GIF. JPEG never for a picture with transparency, GIF's is too coarse for ours. */
function plainFormat(
  { lossless }: OutputSettings,
  source: SourceHeader['format'],
  { hasAlpha, hasGaps }: Pick<Picture, 'hasAlpha' | 'hasGaps'>,
): FormatDecision {
  if (lossless) return { format: 'png', because: 'the URL asks for no loss' };
  if (source === 'png') return { format: 'png', because: 'the source is a PNG and the client accepts nothing newer' };
  if (source === 'gif' && !hasGaps) {
    return { format: 'gif', because: 'the source is a GIF and the client accepts nothing newer' };
  }
  return hasAlpha
    ? { format: 'png', because: 'the picture is transparent and the client accepts nothing newer' }
    : { format: 'jpeg', because: 'the client accepts nothing newer' };
}
