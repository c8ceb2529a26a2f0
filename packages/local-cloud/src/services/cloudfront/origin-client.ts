import { createHash } from 'node:crypto';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { type Credentials, signRequest } from '../../sigv4/sign.ts';
import type { Headers } from './messages.ts';

/** Where an origin is on this machine. */
export interface OriginTarget {
  /** `http://127.0.0.1:PORT`, for S3 followed by the bucket. */
  readonly baseUrl: string;
  /** @default it is no region's, and is never cut off */
  readonly region?: string;
  /** Origin access control: every request is signed. */
  readonly sign?: { readonly service: 's3' | 'lambda'; readonly region: string; readonly credentials: Credentials };
}

export interface OriginRequest {
  readonly method: string;
  /** Raw path of the request, with its leading slash. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body?: Readable | undefined;
  /** Milliseconds without a byte from the origin before it counts as gone. */
  readonly patience: number;
  /** Aborted when nobody waits for the answer any longer, before its headers are here. */
  readonly gone?: AbortSignal | undefined;
}

/** An origin's answer, its body still to be read. */
export interface OriginAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Values of `Set-Cookie`. @default none */
  readonly setCookies?: readonly string[];
  readonly body: Readable;
}

/** The origin said nothing for too long. */
export class OriginTimeout extends Error {}

/** Headers between two neighbours (RFC 9110, section 7.6.1), and cookies, which are told apart. */
const NOT_PASSED_ON = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'proxy-authenticate', 'trailer'],
  ...['te', 'set-cookie'],
]);
const SHA256_OF_NOTHING = createHash('sha256').digest('hex');

/** Sends requests to origins over persistent connections. */
export class OriginClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  /**
   * @throws URIError for a path that cannot be signed
   * @throws OriginTimeout
   * @throws when the origin cannot be reached
   */
  async send(target: OriginTarget, request: OriginRequest, now: Date): Promise<OriginAnswer> {
    const base = new URL(target.baseUrl);
    const path = `${base.pathname.replace(/\/$/, '')}${request.path}`;
    const headers = { ...request.headers, host: base.host };
    const options = {
      agent: this.#agent,
      host: base.hostname,
      port: base.port,
      method: request.method,
      path: request.query ? `${path}?${request.query}` : path,
      headers: { ...headers, ...signature(target, { ...request, path, headers }, now) },
    };
    const send = () => exchange(() => httpRequest(options), request);
    try {
      return await send();
    } catch (error) {
      // The origin closed a persistent connection at the moment it was used again; it did nothing with the request.
      if (error instanceof StaleConnection && !request.body) return await send();
      throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

class StaleConnection extends Error {}

function signature({ sign }: OriginTarget, request: OriginRequest, now: Date): Headers {
  if (!sign) return {};
  // With a body, the viewer has to send its hash for a function URL (AWS, "Restrict access to a Lambda function URL").
  const payloadHash = request.body ? undefined : SHA256_OF_NOTHING;
  return signRequest(request, sign, sign.credentials, now, payloadHash);
}

function exchange(start: () => ClientRequest, { body, patience, gone }: OriginRequest): Promise<OriginAnswer> {
  return new Promise((resolve, reject) => {
    const sent = start();
    let received: IncomingMessage | undefined;
    const abandon = () => sent.destroy(new Error('nobody waits for the answer'));
    if (gone?.aborted) abandon();
    gone?.addEventListener('abort', abandon, { once: true });
    sent.setTimeout(patience);
    sent.on('timeout', () => {
      // While a slow viewer is waited for, the origin's silence is ours.
      if (received?.isPaused()) sent.setTimeout(patience);
      else sent.destroy(new OriginTimeout(`no byte for ${patience} ms`));
    });
    sent.on('response', (message) => {
      received = message;
      // From here on the body goes to the cache, or knows itself when nobody reads it.
      gone?.removeEventListener('abort', abandon);
      const setCookies = message.headers['set-cookie'] ?? [];
      resolve({ status: message.statusCode ?? 502, headers: plainHeaders(message), setCookies, body: message });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = sent.reusedSocket && error.code === 'ECONNRESET';
      reject(isStale ? new StaleConnection(error.message) : error);
    });
    if (body) body.pipe(sent);
    else sent.end();
  });
}

function plainHeaders(message: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(message.headersDistinct)
      .filter(([name]) => !NOT_PASSED_ON.has(name))
      .map(([name, values = []]) => [name, values.join(', ')]),
  );
}
