import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultKind, FaultPlace } from './fault-rule.ts';
import type { FaultSwitch } from './fault-switch.ts';
import type { IndexLag } from './index-lag.ts';
import { refusalOf } from './refusals.ts';

export interface FaultProxyOptions {
  /** `http://HOST:PORT` of the service. */
  readonly target: string;
  readonly at: FaultPlace;
  readonly faults: FaultSwitch;
  /** Of the service's indexes. @default they are never behind */
  readonly indexLag?: IndexLag;
}

/** Stands before a service and does to its calls what AWS does at times and a local service never does. */
export interface FaultProxy {
  /** With the host's name of the target, which signatures and SDKs may need. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ maxHeaderSize: 65_536, requestTimeout: 0, keepAliveTimeout: 65_000 });
  server.on('request', (incoming, answer) => {
    serve(options, agent, incoming, answer).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${new URL(options.target).hostname}:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

async function serve(options: FaultProxyOptions, agent: Agent, incoming: IncomingMessage, answer: ServerResponse) {
  const { at, faults, indexLag } = options;
  // A signature names the region of the service that it is for.
  if (faults.isCut(regionOf(incoming))) return void incoming.socket.destroy();
  const call = callOf(incoming);
  // Bodies of objects are large; those of the other services are needed whole.
  const body = at === 's3' ? incoming : await buffer(incoming);
  const fault = faults.draw(at, call, (kind) => isPossible(kind, call, body));
  const refusal = fault && refusalOf(at, fault.kind, Buffer.isBuffer(body) ? body : Buffer.alloc(0), faults.random);
  if (refusal) {
    if (body === incoming) incoming.resume();
    answer.writeHead(refusal.status, refusal.headers).end(refusal.body);
    return;
  }
  if (fault?.kind === 'delay') await pause(fault.milliseconds, undefined, { ref: false });
  const response = await forward(options.target, agent, incoming, body);
  if (fault?.kind !== 'lose-answer' && body === incoming) {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
    return;
  }
  // What was asked for is done by the time that its answer is whole.
  const whole = await buffer(response);
  const lag = fault?.kind === 'index-lag' ? fault.milliseconds : 0;
  const seen = Buffer.isBuffer(body) && indexLag ? indexLag.answer(call, body, whole, lag) : whole;
  if (fault?.kind === 'lose-answer') return void incoming.socket.destroy();
  const { 'x-amz-crc32': _, 'transfer-encoding': __, ...headers } = response.headers;
  answer.writeHead(response.statusCode ?? 502, { ...headers, 'content-length': seen.length }).end(seen);
}

/** Transactions meet each other; of reads, only those of indexes lag. */
function isPossible(kind: FaultKind, call: string, body: Buffer | IncomingMessage): boolean {
  if (kind === 'conflict') return call === 'TransactWriteItems';
  if (kind === 'index-lag') return Buffer.isBuffer(body) && call === 'Query' && body.includes('"IndexName"');
  return true;
}

function callOf({ headers, method }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return target === undefined ? (method ?? '') : (String(target).split('.').at(-1) ?? '');
}

/** Of the credential scope (AWS, "Authentication methods (AWS Signature Version 4)"): in a header, or in a presigned query. */
function regionOf({ headers, url = '' }: IncomingMessage): string {
  const signed = headers.authorization ?? decodeURIComponent(/X-Amz-Credential=([^&]+)/.exec(url)?.[0] ?? '');
  return /Credential=[^/]+\/\d{8}\/([^/]+)\//.exec(signed)?.[1] ?? '';
}

/** The host stays the one that was signed. */
async function forward(
  target: string,
  agent: Agent,
  incoming: IncomingMessage,
  body: Buffer | IncomingMessage,
): Promise<IncomingMessage> {
  const { connection: _, expect: __, ...headers } = incoming.headers;
  const outgoing = request(target, { method: incoming.method, path: incoming.url, headers, agent });
  if (Buffer.isBuffer(body)) outgoing.end(body);
  else body.pipe(outgoing);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}
