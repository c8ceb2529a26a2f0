import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endWhenSlow } from './http/slow-bodies.ts';
import { StartFault } from './start-fault.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A port that is taken at once and answers as soon as there is something to answer. */
export interface Listener {
  readonly port: number;
  /** `localhost:PORT` */
  readonly host: string;
  serve(handler: Handler): void;
  /** Takes no more requests, lets those under way end for a moment, then ends them. */
  close(): Promise<void>;
}

/** Above what CloudFront takes (20,480 bytes), so that the CDN itself refuses and not Node. */
const HEADER_BYTES = 65_536;

const GRACE_MILLISECONDS = 1000;

/** For headers to arrive, and for a body that comes in drops: as long as API Gateway waits for a function. */
const REQUEST_MILLISECONDS = 30_000;

/** How often slow requests are looked for. */
const LOOK_MILLISECONDS = 500;

export interface ListenerOptions {
  /** Milliseconds for headers to arrive, and for a body besides one for each 100 bytes. @default 30,000 */
  readonly requestMilliseconds?: number;
}

/**
 * Listens on the loopback interface, IPv4 and, where there is one, IPv6: `localhost` may mean either.
 * @param port 0 for any free one
 * @param variable the environment variable that chooses the port, for the message
 * @throws StartFault when the port is taken or not allowed
 */
export async function openListener(port: number, variable: string, options: ListenerOptions = {}): Promise<Listener> {
  const { requestMilliseconds = REQUEST_MILLISECONDS } = options;
  let handler: Handler = (_, response) => void response.writeHead(503, { 'retry-after': '1' }).end('starting\n');
  const open = (): Server => {
    const server = createServer(
      {
        maxHeaderSize: HEADER_BYTES,
        keepAliveTimeout: 65_000,
        // Node counts by the clock alone, and would end a large file that comes.
        requestTimeout: 0,
        headersTimeout: requestMilliseconds,
        connectionsCheckingInterval: LOOK_MILLISECONDS,
      },
      (request, response) => {
        endWhenSlow(request, response, requestMilliseconds);
        handler(request, response);
      },
    );
    return server;
  };
  const ipv4 = open();
  await listen(ipv4, port, '127.0.0.1', variable);
  const taken = (ipv4.address() as AddressInfo).port;
  const ipv6 = open();
  const servers = (await listensOnIpv6(ipv6, taken, port, variable, ipv4)) ? [ipv4, ipv6] : [ipv4];
  return {
    port: taken,
    host: `localhost:${taken}`,
    serve: (next) => {
      handler = next;
    },
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

/** @returns false on a machine without IPv6, and for a port that nobody asked for */
async function listensOnIpv6(
  server: Server,
  port: number,
  asked: number,
  variable: string,
  ipv4: Server,
): Promise<boolean> {
  try {
    await listen(server, port, '::1', variable);
    return true;
  } catch (error) {
    if (!(error instanceof StartFault) || asked === 0) return false;
    await closeServer(ipv4);
    throw error;
  }
}

async function listen(server: Server, port: number, address: string, variable: string): Promise<void> {
  try {
    server.listen(port, address);
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartFault(`Port ${port} is taken by another program. Stop it, or set ${variable} to another port.`);
    }
    if (code === 'EACCES') {
      throw new StartFault(`Port ${port} may not be used by this user. Set ${variable} to a port above 1023.`);
    }
    throw error;
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS);
  await closed;
  clearTimeout(timer);
}
