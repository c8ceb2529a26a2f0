import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { responseTooLarge } from './failures.ts';
import type { Invocation, StreamedInvocation } from './invocation.ts';
import { LAMBDA_LIMITS } from './limits.ts';

/** Type of an answer that begins with its metadata ("Response streaming for Lambda functions"). */
const WITH_METADATA = 'application/vnd.awslambda.http-integration-response';

/** Between the metadata and the body. */
const DELIMITER = Buffer.alloc(8);

/** Bytes within which Lambda looks for the delimiter. */
const METADATA_BYTES = 16_384;

/**
 * Reads a streaming handler's answer as it is written.
 * @returns as soon as status and headers are known, or when the handler failed before that
 */
export function openStreamedAnswer(source: IncomingMessage): Promise<StreamedInvocation | Invocation> {
  return new StreamedAnswer(source).opened;
}

/** Reads a streaming handler's answer for a caller that takes it as a whole, metadata included. */
export async function collectStreamedAnswer(source: IncomingMessage): Promise<Invocation> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= LAMBDA_LIMITS.responseBytes) chunks.push(chunk);
    }
  } catch (error) {
    return brokenOff((error as Error).message);
  }
  const failure = trailingError(source);
  if (failure) return { payload: failure, functionError: 'Unhandled' };
  return bytes > LAMBDA_LIMITS.responseBytes ? responseTooLarge(bytes) : { payload: Buffer.concat(chunks) };
}

class StreamedAnswer {
  readonly #source: IncomingMessage;
  readonly #opened = Promise.withResolvers<StreamedInvocation | Invocation>();
  readonly #body: Readable;
  #head: Buffer | undefined;
  #isOpen = false;
  #bytes = 0;

  constructor(source: IncomingMessage) {
    this.#source = source;
    if (source.headers['content-type'] === WITH_METADATA) this.#head = Buffer.alloc(0);
    this.#body = new Readable({
      read: () => source.resume(),
      // A caller that goes away does not stop the function: the rest is read and dropped.
      destroy: (error, done) => {
        source.resume();
        done(error);
      },
    });
    // The body may break before anyone reads it.
    this.#body.on('error', () => undefined);
    source.on('data', (chunk: Buffer) => this.#take(chunk));
    source.on('end', () => this.#finish());
    source.on('error', (error) => this.#break(brokenOff(error.message)));
  }

  get opened(): Promise<StreamedInvocation | Invocation> {
    return this.#opened.promise;
  }

  #take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > LAMBDA_LIMITS.streamedResponseBytes) {
      this.#break(responseTooLarge(this.#bytes, LAMBDA_LIMITS.streamedResponseBytes));
    } else if (this.#head === undefined) {
      this.#open(200, { 'content-type': this.#source.headers['content-type'] ?? 'application/octet-stream' }, []);
      this.#push(chunk);
    } else {
      this.#takeHead(Buffer.concat([this.#head, chunk]));
    }
  }

  #takeHead(head: Buffer): void {
    const end = head.indexOf(DELIMITER);
    this.#head = end === -1 ? head : undefined;
    if (end === -1 && head.length <= METADATA_BYTES) return;
    this.#openWithMetadata(end === -1 ? undefined : head.subarray(0, end));
    if (end !== -1) this.#push(head.subarray(end + DELIMITER.length));
  }

  #openWithMetadata(text: Buffer | undefined): void {
    const metadata = text && parseMetadata(text.toString());
    if (metadata) this.#open(metadata.statusCode, metadata.headers, metadata.cookies);
    else this.#break(brokenOff('The metadata of the streamed answer is not valid.'));
  }

  #open(statusCode: number, headers: Record<string, string>, cookies: readonly string[]): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#opened.resolve({ statusCode, headers, cookies, body: this.#body });
  }

  #push(chunk: Buffer): void {
    if (chunk.length === 0 || this.#body.destroyed) return;
    if (!this.#body.push(chunk)) this.#source.pause();
  }

  #finish(): void {
    const failure = trailingError(this.#source);
    if (failure) {
      this.#break({ payload: failure, functionError: 'Unhandled' });
    } else if (this.#head !== undefined) {
      this.#break(brokenOff('The streamed answer ended before its first write, so it has no status.'));
    } else {
      this.#open(200, { 'content-type': 'application/octet-stream' }, []);
      if (!this.#body.destroyed) this.#body.push(null);
    }
  }

  /** Before the answer is open the failure is the answer; after that the body ends with it. */
  #break(failure: Invocation): void {
    this.#isOpen = true;
    this.#opened.resolve(failure);
    this.#body.destroy(new Error(`The streamed answer broke off: ${failure.payload}`));
  }
}

/** The error with which the handler failed while it wrote; the runtime client sends it after the body. */
function trailingError(source: IncomingMessage): Buffer | undefined {
  const body = source.trailers['lambda-runtime-function-error-body'];
  return body === undefined ? undefined : Buffer.from(body, 'base64');
}

function brokenOff(reason: string): Invocation {
  const payload = { errorType: 'Runtime.TruncatedResponse', errorMessage: reason };
  return { payload: Buffer.from(JSON.stringify(payload)), functionError: 'Unhandled' };
}

interface Metadata {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
}

function parseMetadata(text: string): Metadata | undefined {
  let value: { statusCode?: unknown; headers?: Record<string, unknown>; cookies?: unknown };
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const statusCode = value.statusCode ?? 200;
  const isStatus = Number.isInteger(statusCode) && (statusCode as number) >= 200 && (statusCode as number) <= 599;
  if (!isStatus) return undefined;
  const headers = Object.entries(value.headers ?? {}).map(([name, held]) => [name.toLowerCase(), String(held)]);
  const cookies = Array.isArray(value.cookies) ? value.cookies.map(String) : [];
  return { statusCode: statusCode as number, headers: Object.fromEntries(headers), cookies };
}
