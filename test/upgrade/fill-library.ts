import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import type { Product } from '../product/product.ts';

/** What people do with a deployment, a little of everything that lasts. Nothing lies in the trash: it would end after 30 days. */
export async function fillLibrary(product: Product): Promise<void> {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
  await client.customMetadataFields.create({ name: 'licence', label: 'Licence', schema: { type: 'Text' } });
  const red = await picture(80, 60, 'red');
  const upload = (folder: string, fileName: string, more: object = {}, bytes = red) =>
    client.files.upload({
      ...{ file: bytes.toString('base64'), fileName, folder, useUniqueFileName: false, ...more },
    } as ImageKit.FileUploadParams);
  const { fileId = '' } = await upload('/shop/summer', 'shirt.png', { tags: ['cotton', 'red'] });
  await upload('/shop/summer', 'shirt.png', { tags: ['cotton', 'blue'] }, await picture(90, 60, 'blue'));
  await client.files.update(fileId, { customCoordinates: '1,2,30,40', customMetadata: { licence: 'own' } });
  await upload('/shop', 'räksmörgås.png', {}, await picture(50, 70, 'teal'));
  await upload('/shop', 'notes.txt', {}, Buffer.from('What was uploaded before the update.\n'));
  await upload('/private', 'plan.png', { isPrivateFile: true });
  await upload('/old', 'name.png');
  await client.files.rename({ filePath: '/old/name.png', newFileName: 'renamed.png' });
  await client.folders.move({ sourceFolderPath: '/old', destinationPath: '/archive' });
  await client.files.copy({
    sourceFilePath: '/shop/notes.txt',
    destinationPath: '/archive',
    includeFileVersions: true,
  });
  await fillAccount(product);
}

async function fillAccount({ api, privateKey }: Product): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${privateKey}:`)}`, 'content-type': 'application/json' };
  const post = async (path: string, body: object) => {
    const answer = await fetch(api + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  await post('/v1/named-transformations', { name: 'thumb', transformation: 'w-20,h-20' });
  await post('/v1/accounts/url-endpoints', { description: 'Shop', urlPrefix: 'shop-host' });
  await post('/v1/saved-searches', { name: 'Red ones', searchQuery: 'tags IN ["red"]' });
  await post('/v1/accounts/keys', { name: 'Reader', permissions: ['files.read'] });
  await post('/v1/accounts/rules', {
    ...{ effect: 'block', match: { type: 'urlPattern', values: ['/blocked/*'] }, reason: 'Not for viewers' },
  });
}

const picture = (width: number, height: number, background: string): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
