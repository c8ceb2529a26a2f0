import type { Sharp } from 'sharp';
import type { OutputSettings } from '../../plan/plan.ts';
import type { PixelOrigin } from '../engine.ts';
import type { Picture } from '../picture/picture.ts';
import type { SourceHeader } from '../source/header.ts';
import { sourceCall } from '../source/open-source.ts';
import { keepsAnything, keepsProfile } from '../source/output-needs.ts';

/**
 * The picture's last sharp call, carrying what the settings keep of the source's metadata: nothing, the colour profile,
 * or all. The orientation is never kept: the pixels are upright.
 */
export async function finishWithMetadata(
  picture: Picture,
  header: SourceHeader,
  output: OutputSettings,
): Promise<{ image: Sharp; origin: PixelOrigin }> {
  if (!keepsAnything(output)) return withDensity(picture, output.density);
  const keepProfile = keepsProfile(output, header, picture.frames);
  const { image, origin } = picture.isFresh ? picture.finish() : await transplant(picture, header, keepProfile);
  if (output.keepMetadata) {
    if (keepProfile) image.keepMetadata();
    else image.withMetadata({ orientation: 1 });
    if (output.density !== undefined) image.withMetadata({ density: output.density });
  }
  // The pixels are sRGB whatever the source was; a CMYK or grey profile would be wrong for them.
  if (header.colours !== 'rgb' && header.hasProfile) image.withIccProfile('srgb');
  return { image, origin };
}

/** sharp writes a density only together with all metadata; raw pixels have none that could go with it. */
async function withDensity(
  picture: Picture,
  density: number | undefined,
): Promise<{ image: Sharp; origin: PixelOrigin }> {
  if (density === undefined) return picture.finish();
  await picture.settle();
  const { image, origin } = picture.finish();
  return { image: image.withMetadata({ density }), origin };
}

/** Raw pixels carry no metadata. They are laid over the source, scaled to their size, whose call still has all of it. */
async function transplant(
  picture: Picture,
  header: SourceHeader,
  keepProfile: boolean,
): Promise<{ image: Sharp; origin: PixelOrigin }> {
  const { hasAlpha } = picture;
  const { data, width, height, frames } = await picture.settle({ withAlpha: true });
  const image = sourceCall(header, frames, keepProfile)
    .resize(width, height, { fit: 'fill' })
    .composite([{ input: data, raw: { width, height: height * frames, channels: 4 }, blend: 'source' }]);
  return { image: hasAlpha ? image : image.removeAlpha(), origin: 'source' };
}
