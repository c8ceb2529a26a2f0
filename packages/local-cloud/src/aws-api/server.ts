import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../http/read-body.ts';
import { splitUrl } from '../http/request-url.ts';
import { verifySignature } from '../sigv4/verify.ts';
import { isSignedForAllRegions } from '../sigv4/verify-multi-region.ts';
import { xmlDocument } from '../xml.ts';
import type { AwsAnswer, AwsApi, AwsRequest } from './aws-api.ts';
import { ServiceError } from './service-error.ts';

export interface AwsApiServerOptions {
  /** Access key -> secret key of everyone who may call. */
  readonly principals: ReadonlyMap<string, string>;
  readonly log: (line: string) => void;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

/** One port of the loopback interface for the APIs of every service that needs no server of its own. */
export interface AwsApiServer {
  /** `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL_*`. */
  readonly endpoint: string;
  /** Answers an API from now on. */
  add(api: AwsApi): void;
  close(): Promise<void>;
}

const BODY_BYTES = 1_048_576;

export async function startAwsApiServer(options: AwsApiServerOptions): Promise<AwsApiServer> {
  const apis: AwsApi[] = [];
  const server = createServer((request, response) => {
    serve(options, apis, request, response).catch(() => response.destroy());
  });
  // Longer than an SDK client keeps a connection that rests, so that none is closed under a request.
  server.keepAliveTimeout = 65_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (api) => void apis.push(api),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  options: AwsApiServerOptions,
  apis: readonly AwsApi[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, BODY_BYTES);
  if (body === 'gone') return;
  const asked = awsRequest(request, body === 'too-large' ? Buffer.alloc(0) : body);
  const api = apis.find((one) => one.takes(asked));
  try {
    if (body === 'too-large') {
      throw new ServiceError('RequestEntityTooLargeException', 'The request is too large.', 413);
    }
    if (!api) throw new ServiceError('UnknownOperationException', 'No service of this machine takes the request.', 404);
    authenticate(api, asked, options);
    send(response, await api.answer(asked));
  } catch (error) {
    if (!(error instanceof ServiceError)) options.log(`${nameOf(asked)}: ${(error as Error).message}`);
    send(response, refusal(error instanceof ServiceError ? error : internal(), api?.errors ?? errorsOf(asked)));
  }
}

function awsRequest(request: IncomingMessage, body: Buffer): AwsRequest {
  return { method: request.method ?? 'GET', ...splitUrl(request.url ?? '/'), headers: request.headers, body };
}

const nameOf = ({ method, path, headers }: AwsRequest): string =>
  String(headers['x-amz-target'] ?? `${method} ${path}`);

const errorsOf = ({ headers }: AwsRequest): AwsApi['errors'] =>
  headers['x-amz-target'] === undefined ? 'xml' : 'json';

/** @throws ServiceError unless a known principal signed this request for the service that it calls */
function authenticate(api: AwsApi, request: AwsRequest, { principals, now }: AwsApiServerOptions): void {
  const bodySha256 = createHash('sha256').update(request.body).digest('hex');
  const signed = { ...request, bodySha256 };
  const at = now?.() ?? new Date();
  if (api.signature === 'sigv4a') {
    if (isSignedForAllRegions(signed, principals, at, api.signingName)) return;
    throw new ServiceError('AccessDeniedException', 'The signature is missing or does not match.', 403);
  }
  const verdict = verifySignature(signed, principals, at, { service: api.signingName });
  if (!verdict.ok) {
    const code =
      verdict.code === 'MissingAuthentication' ? 'MissingAuthenticationTokenException' : 'InvalidSignatureException';
    throw new ServiceError(code, verdict.message, 403);
  }
  if (verdict.payloadHash !== bodySha256) {
    throw new ServiceError('InvalidSignatureException', 'The body is not the one that was signed.', 403);
  }
}

function internal(): ServiceError {
  return new ServiceError('InternalFailure', 'The request could not be carried out.', 500);
}

function refusal({ code, message, status }: ServiceError, errors: AwsApi['errors']): AwsAnswer {
  if (errors === 'json') {
    const body = JSON.stringify({ __type: code, message });
    return { status, contentType: 'application/x-amz-json-1.1', headers: { 'x-amzn-errortype': code }, body };
  }
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const content = { Error: { Type, Code: code, Message: message }, RequestId: randomUUID() };
  return { status, contentType: 'text/xml', body: xmlDocument('ErrorResponse', content) };
}

function send(response: ServerResponse, { status, contentType, headers, body }: AwsAnswer): void {
  response.writeHead(status, { 'content-type': contentType, 'x-amzn-requestid': randomUUID(), ...headers });
  response.end(body);
}
