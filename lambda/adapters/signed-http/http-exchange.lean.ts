import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { giveBack } from '../../core/kernel/give-back.ts';

/** One request, ready to be sent. */
export interface HttpCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Milliseconds, until `read` is done. */
  readonly timeout: number;
}

/** An answer whose body is still on its way. Exactly one of the methods is called. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All bytes. @throws RangeError when there are more than `maximumBytes` */
  bytes(maximumBytes?: number): Promise<Buffer>;
  text(): Promise<string>;
  /** The body itself, for whoever hands it on. */
  stream(): IncomingMessage;
  /** Reads the body to its end and drops it, so that the connection can serve another request. */
  discard(): Promise<void>;
}

/** A connection that failed, broke, or was too slow. The message names no address: it goes to logs. */
export class ConnectionError extends Error {
  /** A reused connection that the server had closed: trying again needs no wait. */
  readonly wasStale: boolean;

  constructor(reason: string, wasStale = false) {
    super(`The connection failed: ${reason}.`);
    this.name = 'ConnectionError';
    this.wasStale = wasStale;
  }
}

/** Loaded on demand, because each is a millisecond of a cold start: AWS speaks HTTPS, the local cloud HTTP. */
const agents = new Map<Target['protocol'], Agent>();

function agentFor(protocol: Target['protocol']): Agent {
  const known = agents.get(protocol);
  if (known) return known;
  const agent = new (moduleFor(protocol).Agent)({ keepAlive: true });
  agents.set(protocol, agent);
  return agent;
}

const moduleFor = (protocol: Target['protocol']) =>
  process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http');

/** Where a URL leads. The path is taken as written: a URL parser would resolve its dots, and so break its signature. */
export interface Target {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: string;
  /** With the port, when it is none of the scheme's own. */
  readonly host: string;
  readonly path: string;
}

export function targetOf(url: string): Target {
  const slash = url.indexOf('/', 'https://'.length);
  const { protocol, hostname, port, host } = new URL(slash < 0 ? url : url.slice(0, slash));
  if (protocol !== 'http:' && protocol !== 'https:') throw new Error('AWS is called over HTTP or HTTPS.');
  return { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port, host, path: slash < 0 ? '/' : url.slice(slash) };
}

/**
 * Sends a request over a connection that is kept for the next one, and reads the answer. With node:http, because
 * `fetch` costs three times its processor time a call (docs/decisions/0005-transformer-without-aws-sdk.md).
 * @throws ConnectionError, or what `read` threw
 */
export function exchange<T>(target: Target, call: HttpCall, read: (answer: HttpAnswer) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = open(target, call);
    const timer = setTimeout(() => {
      reject(new ConnectionError('it was too slow'));
      request.destroy();
    }, call.timeout);
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(error);
    };
    request.on('error', (error: NodeJS.ErrnoException) =>
      fail(new ConnectionError(error.code ?? 'unknown reason', request.reusedSocket && error.code === 'ECONNRESET')),
    );
    request.on('response', (response) => {
      read(answerOf(response)).then((value) => {
        clearTimeout(timer);
        resolve(value);
      }, fail);
    });
    request.end(call.body);
  });
}

function open({ protocol, hostname, port, path }: Target, { method, headers, body }: HttpCall): ClientRequest {
  const options = {
    agent: agentFor(protocol),
    hostname,
    port,
    path,
    method,
    headers: body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  };
  return moduleFor(protocol).request(options);
}

function answerOf(response: IncomingMessage): HttpAnswer {
  const bytes = (maximumBytes = Number.POSITIVE_INFINITY): Promise<Buffer> => readAll(response, maximumBytes);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    text: async () => (await bytes()).toString(),
    stream: () => response,
    discard: async () => void (await bytes()),
  };
}

/**
 * What is announced goes into one buffer as it comes: pieces that are joined in the end would be the same bytes again, and garbage.
 * Without a limit nothing is believed: whoever announces gigabytes must send them first.
 */
function readAll(response: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const announced = Number(response.headers['content-length'] ?? 0);
    const refuse = (found: number): void => {
      response.destroy();
      reject(new RangeError(`An object of ${found} bytes is larger than the ${maximumBytes} that may be read.`));
    };
    if (announced > maximumBytes) return refuse(announced);
    const whole =
      maximumBytes < Number.POSITIVE_INFINITY && announced > 0 ? Buffer.allocUnsafeSlow(announced) : undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      const { length } = chunk;
      if (whole) {
        chunk.copy(whole, size);
        giveBack(chunk);
      } else chunks.push(chunk);
      size += length;
      if (size > maximumBytes) refuse(size);
    });
    response.on('end', () => resolve(whole?.subarray(0, size) ?? joined(chunks, size)));
    response.on('error', (error: NodeJS.ErrnoException) => reject(new ConnectionError(error.code ?? 'it broke off')));
  });
}

const joined = (chunks: readonly Buffer[], size: number): Buffer =>
  (chunks.length === 1 && chunks[0]) || Buffer.concat(chunks, size);
