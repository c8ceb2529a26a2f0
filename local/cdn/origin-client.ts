import { createHash } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { type Credentials, signRequest } from '../sigv4/sign.ts';
import type { Headers } from './functions/events.ts';

/** Where an origin is on this machine. */
export interface OriginTarget {
  /** `http://127.0.0.1:PORT`, for S3 followed by the bucket. */
  readonly baseUrl: string;
  /** Origin access control: every request is signed. */
  readonly sign?: { readonly service: 's3' | 'lambda'; readonly region: string; readonly credentials: Credentials };
}

export interface OriginRequest {
  readonly method: string;
  /** Raw path of the request, with its leading slash. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
}

/** An origin's answer, its body still to be read. */
export interface OriginAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: IncomingMessage;
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-authenticate', 'trailer', 'te'];
const EMPTY_BODY = createHash('sha256').digest('hex');

/** Talks to origins over kept connections. */
export class OriginClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  /** @throws when the origin cannot be reached */
  send(target: OriginTarget, request: OriginRequest, now: Date): Promise<OriginAnswer> {
    const base = new URL(target.baseUrl);
    const path = `${base.pathname === '/' ? '' : base.pathname}${request.path}`;
    const headers = { ...request.headers, host: base.host, 'user-agent': 'Amazon CloudFront' };
    const parts = { method: request.method, path, query: request.query, headers };
    const signature = target.sign ? signRequest(parts, target.sign, target.sign.credentials, now, EMPTY_BODY) : {};
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        {
          agent: this.#agent,
          host: base.hostname,
          port: base.port,
          method: request.method,
          path: request.query ? `${path}?${request.query}` : path,
          headers: { ...headers, ...signature },
        },
        (body) => resolve({ status: body.statusCode ?? 502, headers: plainHeaders(body), body }),
      );
      sent.on('error', reject);
      sent.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function plainHeaders(message: IncomingMessage): Headers {
  const kept = Object.entries(message.headers).filter(([name]) => !HOP_BY_HOP.includes(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** Reads a body to its end. @throws when the origin breaks off */
export async function readAll(body: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
