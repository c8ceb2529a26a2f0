import ImageKit, { toFile } from '@imagekit/nodejs';
import type { Product } from './children.ts';
import type { Photo } from './photos.ts';

/** Puts the pictures into the folder `/bench` of a running product. */
export async function uploadPhotos(product: Product, photos: readonly Photo[]): Promise<void> {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  for (const { name, bytes } of photos) {
    await client.files.upload({
      file: await toFile(bytes, name),
      fileName: name,
      folder: '/bench',
      useUniqueFileName: false,
    });
  }
}
