import { createServer, get } from 'node:http';
import sharp, { type Sharp } from 'sharp';
import { effortFor } from '../lambda/core/render/output/effort.ts';

/**
 * The least a Node image server can do: one plain GET of the source, one sharp call with the encoder settings that we use.
 * `/{width}/{format}/{quality}/{between}/{name}`; with a width between, it scales to that first and then in linear light, as
 * we do for large photographs.
 * Argument: base URL of the sources. Prints its own port.
 */
const source = process.argv[2] ?? '';
sharp.concurrency(1);
sharp.cache(false);

function read(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', reject);
  });
}

async function linearFrom(original: Sharp, width: number): Promise<Sharp> {
  const { data, info } = await original.resize(width).raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info }).pipelineColourspace('scrgb');
}

function encoded(image: Sharp, format: string, quality: number): Sharp {
  if (format === 'png') return image.png({ compressionLevel: 6, adaptiveFiltering: true });
  if (format === 'webp') return image.webp({ quality });
  if (format === 'avif') return image.avif({ quality, chromaSubsampling: '4:4:4', effort: effortFor('avif', 0) });
  return image.jpeg({ quality });
}

const server = createServer(async (request, response) => {
  const [, width, format = '', quality, between, name = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  const animated = name.endsWith('.gif');
  // Of a pile of frames sharp turns none.
  const opened = sharp(await read(`${source}/${name}`), { animated, autoOrient: !animated });
  const picture = between === '-' ? opened : await linearFrom(opened, Number(between));
  const bytes = await encoded(picture.resize(Number(width)), format, Number(quality)).toBuffer();
  response.writeHead(200, { 'content-type': `image/${format}`, 'content-length': bytes.length });
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
