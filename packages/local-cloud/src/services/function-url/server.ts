import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { clientGone } from '../../http/client-gone.ts';
import { readBody } from '../../http/read-body.ts';
import { splitUrl } from '../../http/request-url.ts';
import { verifySignature } from '../../sigv4/verify.ts';
import { forwarded, readAnswer, setCookie, writeAnswer, writeJson } from '../http-api/answer.ts';
import { toEventPayload } from '../http-api/event.ts';
import type { Invocation, LambdaFunction, StreamedInvocation } from '../lambda/function.ts';
import { LAMBDA_LIMITS } from '../lambda/limits.ts';

export interface FunctionUrlOptions {
  readonly function: LambdaFunction;
  /** `AWS_IAM`: only requests signed with one of `secrets` run the function. */
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  /** Access key -> secret key of whoever may invoke. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly region: string;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

export interface FunctionUrl {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Room for a media URL of 8 KB in base64 beside what CloudFront adds; Node's own bound is 16 KB. */
const HEADER_BYTES = 32_768;

/** Longer than any client here keeps a connection that rests, so that none is closed under a request. */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** Serves a Lambda Function URL ("Invoking Lambda function URLs") on the loopback interface. */
export async function startFunctionUrl(options: FunctionUrlOptions): Promise<FunctionUrl> {
  const server = createServer({ maxHeaderSize: HEADER_BYTES }, (request, response) => {
    serve(options, request, response).catch((error: Error) => fail(options, response, error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(options: FunctionUrlOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const now = options.now?.() ?? new Date();
  const gone = clientGone(response);
  const body = await readBody(request, LAMBDA_LIMITS.requestBytes);
  if (body === 'gone') return;
  if (body === 'too-large') return refuse(response, 413, 'RequestEntityTooLargeException', 'Request Entity Too Large');
  const accessKey = options.authType === 'AWS_IAM' ? signer(options, request, body, now) : undefined;
  if (options.authType === 'AWS_IAM' && !accessKey) {
    return refuse(response, 403, 'AccessDeniedException', 'Forbidden');
  }
  const payload = eventPayload(options, request, body, now, accessKey);
  const answer =
    options.invokeMode === 'RESPONSE_STREAM'
      ? await options.function.invokeStreaming(payload, gone)
      : await options.function.invoke(payload, gone);
  if (gone.aborted) {
    if ('body' in answer) answer.body.destroy();
    return;
  }
  if ('payload' in answer) writeInvocation(response, answer);
  else writeStream(response, answer);
}

/** The access key that signed the request and its body, or undefined. */
function signer(options: FunctionUrlOptions, request: IncomingMessage, body: Buffer, now: Date): string | undefined {
  const { path, query } = splitUrl(request.url ?? '/');
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const signed = { method: request.method ?? 'GET', path, query, headers: request.headers, bodySha256 };
  const verdict = verifySignature(signed, options.secrets, now, { service: 'lambda' });
  // Lambda takes no unsigned payload: a body other than the signed one is another request.
  return verdict.ok && verdict.payloadHash === bodySha256 ? verdict.accessKeyId : undefined;
}

function eventPayload(
  { function: lambda }: FunctionUrlOptions,
  request: IncomingMessage,
  body: Buffer,
  now: Date,
  accessKey: string | undefined,
): Buffer {
  const { accountId, name } = lambda.configuration;
  return toEventPayload(request, body, {
    accountId,
    apiId: name.toLowerCase(),
    routeKey: '$default',
    stage: '$default',
    path: 'as-sent',
    now,
    ...(accessKey && { authorizer: { iam: { accessKey, accountId } } }),
  });
}

function writeInvocation(response: ServerResponse, invocation: Invocation): void {
  const answer = invocation.functionError ? undefined : readAnswer(invocation.payload, 'application/json');
  if (answer) writeAnswer(response, answer);
  else if (invocation.tooLarge) refuse(response, 413, 'RequestEntityTooLargeException', 'Request Entity Too Large');
  else if (invocation.throttled) refuse(response, 429, 'TooManyRequestsException', 'Rate Exceeded.');
  else refuse(response, 502, 'InternalFailureException', 'Internal Server Error');
}

/** What a function may get wrong that only shows when it is written, such as a line break in a header. */
function fail(options: FunctionUrlOptions, response: ServerResponse, error: Error): void {
  options.function.configuration.log(`The answer could not be sent: ${error.message}`);
  if (response.headersSent) response.destroy();
  else refuse(response, 502, 'InternalFailureException', 'Internal Server Error');
}

/** A stream that breaks off cuts the connection, so that no client takes the part for the whole. */
function writeStream(response: ServerResponse, answer: StreamedInvocation): void {
  const length = answer.headers['content-length'];
  response.writeHead(answer.statusCode, {
    ...forwarded(answer.headers),
    ...setCookie(answer.cookies),
    ...(length !== undefined && { 'content-length': length }),
  });
  // The status goes out at once, also when the first byte takes its time.
  response.flushHeaders();
  pipeline(answer.body, response, () => undefined);
}

function refuse(response: ServerResponse, statusCode: number, errorType: string, message: string): void {
  writeJson(response, statusCode, { Message: message }, { 'x-amzn-errortype': errorType });
}
