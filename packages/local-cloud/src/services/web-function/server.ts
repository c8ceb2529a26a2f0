import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeJson } from '../http-api/answer.ts';
import { WebProcess, type WebProcessOptions } from './web-process.ts';

export interface WebFunctionOptions extends WebProcessOptions {
  readonly timeoutSeconds: number;
  /** Requests that a process is given at a time; one more starts another. */
  readonly maximumConcurrency: number;
}

/** A Web Function that answers on the loopback interface. */
export interface WebFunction {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** A process with the number of requests that it has. */
interface Environment {
  readonly process: Promise<WebProcess>;
  requests: number;
}

/** Serves a Web Function's endpoint: HTTP/1.1, and half duplex. */
export async function startWebFunction(options: WebFunctionOptions): Promise<WebFunction> {
  const environments = new Set<Environment>();
  // Lambda's own timeout holds, not Node's five minutes.
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    serve(options, environments, request, response).catch((error: Error) => {
      options.log(`A request failed: ${error.message}`);
      refuse(response, 502, 'Internal Server Error');
    });
  });
  // AWS, "Lambda Web Functions": 417, and nothing of the body is taken.
  server.on('checkContinue', (_, response) => refuse(response, 417, 'Expectation Failed'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([...environments].map(async ({ process }) => (await process.catch(() => undefined))?.close()));
      await closed;
    },
  };
}

async function serve(
  options: WebFunctionOptions,
  environments: Set<Environment>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const environment = await environmentWithRoom(options, environments);
  environment.requests++;
  try {
    const server = await environment.process;
    await exchange(options, server, request, response);
    const megabytes = Math.ceil(server.peakBytes / 1_048_576);
    options.log(`REPORT Max Memory Used: ${megabytes} MB`);
  } catch (error) {
    environments.delete(environment);
    throw error;
  } finally {
    environment.requests--;
  }
}

async function environmentWithRoom(options: WebFunctionOptions, environments: Set<Environment>): Promise<Environment> {
  for (const one of environments) {
    if (one.requests >= options.maximumConcurrency) continue;
    const server = await one.process.catch(() => undefined);
    if (server?.isAlive) return one;
    environments.delete(one);
  }
  const started = { process: WebProcess.start(options), requests: 0 };
  environments.add(started);
  return started;
}

/** @throws when the server answers before it has read the whole request: in Lambda neither side would go on */
function exchange(
  { timeoutSeconds }: WebFunctionOptions,
  { port }: WebProcess,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return new Promise((done, failed) => {
    const { method = 'GET', url = '/', rawHeaders } = request;
    const sent = httpRequest({ host: '127.0.0.1', port, method, path: url, headers: rawHeaders, setHost: false });
    const timer = setTimeout(
      () => sent.destroy(new Error(`timed out after ${timeoutSeconds} s`)),
      timeoutSeconds * 1000,
    );
    sent.on('error', failed);
    sent.on('close', () => clearTimeout(timer));
    response.on('close', () => {
      // The caller is gone: the server sees the request break off.
      if (!response.writableFinished) sent.destroy();
      done();
    });
    sent.on('response', (answer) => {
      if (!request.readableEnded) {
        sent.destroy();
        return failed(new Error('answered before the whole request was read; Lambda would wait for ever'));
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(sent);
  });
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) response.destroy();
  else writeJson(response, status, { Message: message }, { connection: 'close' });
}
