import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inject } from 'vitest';

export interface Message {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Sends to the emulator what AWS would get under a host of its own; `fetch` sets that header by the URL alone. */
export async function sendToHost(host: string, { method, path, headers, body }: Message): Promise<Answer> {
  const { hostname, port } = new URL(inject('deployment').endpoint);
  const call = request({ hostname, port, method, path, headers: { ...headers, host }, agent: false }).end(body);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const entries = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: response.statusCode ?? 0, headers: new Headers(entries), body: await buffer(response) };
}
