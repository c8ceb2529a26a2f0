import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Delivery } from '../../core/delivery/delivery.ts';

/** Writes an answer to a Function URL's response stream. @throws when an origin's stream breaks off in the middle */
export async function sendDelivery(delivery: Delivery, stream: Writable): Promise<void> {
  const { status, headers, body } = delivery;
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: status, headers });
  // Status and headers go out with the first write, and an answer without a body has no other.
  out.write('');
  if (body instanceof ReadableStream) await pipeline(Readable.fromWeb(body as NodeReadableStream), out);
  else await new Promise<void>((done) => out.end(body ?? '', () => done()));
}
