import type { IncomingMessage } from 'node:http';
import { RemoteFault } from './remote-fault.ts';

/**
 * Reads an answer's body up to a limit. A compressed body was not asked for and is refused: its size after inflation is
 * anybody's guess. A body that ends early is an error of the stream.
 * @throws RemoteFault too-large or broken, or what the
 *   stream throws
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
    throw new RemoteFault('broken', 'The server of the file URL sends compressed data only.');
  }
  const tooMuch = (kind: 'too-large' | 'endless') =>
    new RemoteFault(kind, `A file fetched from a URL may have at most ${maximumBytes} bytes.`);
  if (Number(response.headers['content-length'] ?? 0) > maximumBytes) throw tooMuch('too-large');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maximumBytes) throw tooMuch('endless');
    chunks.push(chunk);
  }
  if (size === 0) throw new RemoteFault('broken', 'The file behind the URL is empty.');
  return Buffer.concat(chunks);
}
