import type { LibraryApi } from '../../constructs/api/library-api.ts';
import { FontsLayer } from '../../constructs/delivery/fonts-layer.ts';
import { ImageTransformer } from '../../constructs/delivery/image-transformer.ts';
import { SharpLayer } from '../../constructs/delivery/sharp-layer.ts';
import { showNearest, tellOfCeiling } from '../../constructs/insight/spend-ceiling.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** What functions that draw are built on. */
export interface DrawingLayers {
  readonly sharpLayer: SharpLayer['layer'];
  readonly fonts: FontsLayer;
}

export function makeDrawingLayers({ stack, code }: RegionScope): DrawingLayers {
  return {
    sharpLayer: new SharpLayer(stack, 'Sharp', { code: code.sharpLayer() }).layer,
    fonts: new FontsLayer(stack, 'Fonts', { code: code.fontsLayer() }),
  };
}

/** Draws the variants that CloudFront does not find in the bucket. */
export function makeTransformer(
  { stack, config, code }: RegionScope,
  { originals, variants, library, accounts }: Stores,
  { credentials, originKey }: DeploymentKeys,
  layers: DrawingLayers,
): ImageTransformer {
  return new ImageTransformer(stack, 'Transformer', {
    code: code.handler('transform-image'),
    ...layers,
    ...config.transformer,
    originals,
    variants,
    library,
    accounts,
    credentials,
    originKey,
    remoteAllow: config.remoteUploadAllow,
  });
}

/** What draws, and what people ask, know that the account may cost so much and no more. */
export function boundSpending(
  { config }: RegionScope,
  { library }: Pick<Stores, 'library'>,
  { transformer, api }: { readonly transformer: ImageTransformer; readonly api: LibraryApi },
): void {
  tellOfCeiling(config.spendCeiling, transformer.fn, api.fn);
  if (config.overCeiling === 'nearest') showNearest(transformer.fn, library);
}
