import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LAMBDA_LIMITS } from './limits.ts';

/** What the runtime client says. */
export interface RuntimeListener {
  /** It asks for an invocation: the module is loaded, and the invocation before is over in every part. */
  ready(): void;
  initFailed(error: Buffer): void;
  /** An answer as one text. `bytes` is its size; `body` is left out when that is above the limit of Lambda. */
  answered(kind: 'response' | 'error', bytes: number, body?: Buffer): void;
  /** An answer that is still being written. */
  streams(body: IncomingMessage): void;
}

/** One invocation as the runtime client gets it. */
export interface RuntimeInvocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly payload: Buffer;
}

const PREFIX = '/2018-06-01/runtime/';

/** Time for the last bytes of a process that is gone to be read from its sockets. */
const DRAIN_MILLISECONDS = 500;

/**
 * The HTTP interface between Lambda and one execution environment ("Using the Lambda runtime API for custom runtimes").
 * Bound to the loopback interface; an environment has its own port, so that a call needs no further identity.
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #listener: RuntimeListener;
  #next: ServerResponse | undefined;
  #requestId = '';

  constructor(listener: RuntimeListener) {
    this.#listener = listener;
    this.#server = createServer((request, response) => this.#receive(request, response));
    // Node would close a connection that rests for 5 s, and end a streamed answer after 300 s.
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  /** @returns `host:port` */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Gives the runtime client, which is `ready`, its next invocation. */
  give(invocation: RuntimeInvocation): void {
    const response = this.#next;
    if (!response) throw new Error('The runtime client has not asked for an invocation.');
    this.#next = undefined;
    this.#requestId = invocation.requestId;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': invocation.payload.length,
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': String(invocation.deadline),
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': traceId(invocation.requestId),
    });
    response.end(invocation.payload);
  }

  /** Ends when everything that the process had sent before it went is read. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    const timer = setTimeout(() => this.#server.closeAllConnections(), DRAIN_MILLISECONDS);
    await closed;
    clearTimeout(timer);
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const call = `${request.method} ${(request.url ?? '').replace(PREFIX, '')}`;
    if (call === 'GET invocation/next') this.#wait(response);
    else if (call === 'POST init/error') this.#takeInitError(request, response);
    else if (call === `POST invocation/${this.#requestId}/error`) this.#takeAnswer('error', request, response);
    else if (call === `POST invocation/${this.#requestId}/response`) this.#takeResponse(request, response);
    else reject(response, 400, 'InvalidRequestID');
  }

  #wait(response: ServerResponse): void {
    this.#next = response;
    this.#listener.ready();
  }

  #takeInitError(request: IncomingMessage, response: ServerResponse): void {
    collect(request, (body) => {
      response.once('close', () => this.#listener.initFailed(body ?? Buffer.from('{}')));
      accept(response);
    });
  }

  #takeResponse(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
      request.once('end', () => accept(response));
      this.#listener.streams(request);
    } else {
      this.#takeAnswer('response', request, response);
    }
  }

  #takeAnswer(kind: 'response' | 'error', request: IncomingMessage, response: ServerResponse): void {
    collect(request, (body, bytes) => {
      if (body) accept(response);
      else reject(response, 413, 'RequestEntityTooLarge');
      this.#listener.answered(kind, bytes, body);
    });
  }
}

/** Reads a body to its end, and keeps it unless it passes the limit of an answer. */
function collect(request: IncomingMessage, done: (body: Buffer | undefined, bytes: number) => void): void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LAMBDA_LIMITS.responseBytes) chunks = [];
    else chunks.push(chunk);
  });
  request.on('end', () => done(bytes > LAMBDA_LIMITS.responseBytes ? undefined : Buffer.concat(chunks), bytes));
  // A connection that breaks here ends with its process, and the process's end is what the environment answers.
  request.on('error', () => undefined);
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
}

function reject(response: ServerResponse, status: number, errorType: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errorType }));
}

function traceId(requestId: string): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`;
}
