import ImageKit, { toFile } from '@imagekit/nodejs';
import type { Product } from './children.ts';
import { descendantsOf, functionProcesses, residentBytes, table } from './measure.ts';
import type { Photo } from './photos.ts';

/** Milliseconds between two looks at the memory. */
const LOOK = 10;

/** Noise and blurs over the whole picture, twenty times. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f" width="400%" height="400%">${'<feTurbulence baseFrequency="0.9" numOctaves="900"/><feGaussianBlur stdDeviation="400"/>'.repeat(20)}</filter><rect width="4000" height="4000" filter="url(#f)"/></svg>`;

/** Requests of one stranger, each the worst of its kind: what comes back, after how long, and whether the next is served. */
export async function hostileRequests(product: Product, photo: Photo): Promise<string> {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const file = await toFile(Buffer.from(SVG), 'busy.svg');
  await client.files.upload({ file, fileName: 'busy.svg', folder: '/bench', useUniqueFileName: false });
  const text = encodeURIComponent(Buffer.from('W'.repeat(1900)).toString('base64'));
  const hostile = {
    'lossless WebP of 39 megapixels': `${photo.name}?tr=w-7200,h-5400,c-force,f-webp,lo-true`,
    'AVIF of 39 megapixels': `${photo.name}?tr=w-7200,h-5400,c-force,f-avif`,
    'an SVG of noise': 'busy.svg?tr=w-2000,f-png',
    'a text of 50 GB': `${photo.name}?tr=l-text,ie-${text},fs-4096,l-end`,
    'blurs and distortions of 39 megapixels': `${photo.name}?tr=w-7200,h-5400,c-force,bl-100:e-distort-a-90:bl-100:e-distort-a-N90,f-png`,
  };
  const rows: (string | number)[][] = [];
  for (const [name, path] of Object.entries(hostile)) {
    const { status, milliseconds, megabytes } = await observed(product, `${product.media}/bench/${path}`);
    const next = await observed(product, `${product.media}/bench/${photo.name}?tr=w-300&updatedAt=${Date.now()}`);
    rows.push([
      name,
      status,
      milliseconds.toFixed(0),
      megabytes.toFixed(0),
      `${next.status} in ${next.milliseconds.toFixed(0)} ms`,
    ]);
  }
  return table(['hostile request', 'status', 'wall ms', 'MB at most', 'next request'], rows);
}

/** Memory is that of the largest process of the transformer: the function itself or a child of it. */
async function observed(product: Product, url: string) {
  let most = 0;
  const look = setInterval(() => {
    const functions = functionProcesses(product.pid, 'transform');
    for (const pid of functions.flatMap((one) => [one, ...descendantsOf(one)]))
      most = Math.max(most, residentBytes(pid));
  }, LOOK);
  const started = performance.now();
  const response = await fetch(url, { headers: { accept: 'image/webp' } });
  await response.arrayBuffer();
  clearInterval(look);
  return { status: response.status, milliseconds: performance.now() - started, megabytes: most / 1e6 };
}
