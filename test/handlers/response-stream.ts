import { Writable } from 'node:stream';

/**
 * The part of Lambda's streaming interface that handlers use: the global `awslambda`, and a stream that keeps what was
 * written. As in the managed runtime, status and headers go out with the first write, and without one not at all.
 */
export class ResponseStream extends Writable {
  readonly chunks: Buffer[] = [];
  metadata: Record<string, unknown> | undefined;
  #prelude: Record<string, unknown> | undefined;

  prepare(prelude: Record<string, unknown>): this {
    this.#prelude = prelude;
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.metadata ??= this.#prelude;
    this.chunks.push(chunk);
    done();
  }

  get status(): unknown {
    return this.metadata?.statusCode;
  }

  get headers(): Record<string, string> {
    return (this.metadata?.headers ?? {}) as Record<string, string>;
  }

  get body(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** Puts the global in place, before a streaming handler is imported. */
export function installStreaming(): void {
  const streamifyResponse = <Handler>(handler: Handler): Handler => handler;
  const from = (stream: ResponseStream, prelude: Record<string, unknown>) => stream.prepare(prelude);
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: { from } } });
}
