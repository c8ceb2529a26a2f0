import type { IncomingMessage } from 'node:http';

/** How much more than its limit a body may be before the connection is cut instead of answered. */
const PATIENCE = 8;

/**
 * Reads a request's body into memory. One above the limit is read on and dropped, because a client reads no answer while
 * it is still sending.
 * @returns `too-large` above the limit, `gone` when the client left before the end
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      else chunks = [];
      if (bytes > limit * PATIENCE) request.destroy();
    });
    request.once('end', () => resolve(bytes > limit ? 'too-large' : Buffer.concat(chunks)));
    request.once('error', () => resolve('gone'));
    request.once('close', () => resolve('gone'));
  });
}
