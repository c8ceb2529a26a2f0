import { join } from 'node:path';
import { type Product, startProduct } from '../children.ts';
import type { Photo } from '../photos.ts';
import { uploadPhotos } from '../upload-photos.ts';

/** One of two source trees, with its product running and the pictures in it. */
export interface Side extends AsyncDisposable {
  readonly root: string;
  readonly product: Product;
  /** The transformer's and the API's code as bundled for Lambda. */
  readonly bundles: { readonly transformer: string; readonly api: string };
}

export async function startSide(root: string, state: string, photos: readonly Photo[]): Promise<Side> {
  const product = await startProduct(state, root);
  await uploadPhotos(product, photos);
  const bundle = (name: string): string => join(root, 'node_modules/.cache/vitrine/bundles', name, 'index.mjs');
  return {
    root,
    product,
    bundles: { transformer: bundle('transform-image'), api: bundle('api') },
    [Symbol.asyncDispose]: () => product.stop(),
  };
}
