import type { IncomingMessage } from 'node:http';
import { problem } from '../core/errors.ts';

/**
 * Reads an answer's body up to a limit. A compressed body was not asked for and is refused: its size after inflation is
 * anybody's guess. A body that ends early is an error of the stream.
 * @throws upload.too-large, upload.remote-failed, or what the stream throws
 */
export async function readBody(response: IncomingMessage, maximumBytes: number): Promise<Uint8Array> {
  try {
    return await collect(response, maximumBytes);
  } finally {
    response.destroy();
  }
}

async function collect(response: IncomingMessage, maximumBytes: number): Promise<Uint8Array> {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw problem('upload.remote-failed', 'The server of the file URL sends compressed data only.');
  }
  if (Number(response.headers['content-length'] ?? 0) > maximumBytes) throw tooLarge(maximumBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maximumBytes) throw tooLarge(maximumBytes);
    chunks.push(chunk);
  }
  if (size === 0) throw problem('upload.remote-failed', 'The file behind the URL is empty.');
  return Buffer.concat(chunks);
}

const tooLarge = (maximumBytes: number) =>
  problem('upload.too-large', `A file fetched from a URL may have ${maximumBytes} bytes.`);
