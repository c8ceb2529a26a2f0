import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { xmlDocument } from '../../xml.ts';
import { authenticator, authorize, hideMissingKey } from './access.ts';
import type { S3Principal } from './configuration.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { asS3Error, s3Error } from './errors.ts';
import { postForm } from './operations/post-form.ts';
import { reportFailure } from './report.ts';
import { readHeaders, readPieces, readTarget, type S3Answer, type Target } from './request.ts';
import { needsBucket, route } from './router.ts';
import type { S3Services } from './services.ts';

/** The account that owns everything on this machine. */
const ACCOUNT = '000000000000';

export interface RequestHandler {
  readonly handle: (message: IncomingMessage, response: ServerResponse) => void;
  /** Resolves when no request is being worked on. */
  readonly idle: () => Promise<void>;
}

/** @param changed called after every request that may have changed an object */
export function requestHandler(
  services: S3Services,
  principals: ReadonlyMap<string, S3Principal>,
  changed: () => void,
): RequestHandler {
  const running = new Set<Promise<void>>();
  const answerTo = answerer(services, principals);
  const work = async (message: IncomingMessage, response: ServerResponse) => {
    const id = randomBytes(8).toString('hex').toUpperCase();
    response.setHeader('x-amz-request-id', id);
    // By the same clock as signatures are judged by: the SDKs set theirs after it.
    response.setHeader('date', services.now().toUTCString());
    try {
      await send(response, await answerTo(message, response, id));
    } catch (error) {
      sendFailure(message, response, id, error);
    }
    if (message.method !== 'GET' && message.method !== 'HEAD') changed();
  };
  return {
    handle: (message, response) => {
      const task = work(message, response)
        .catch((error) => {
          reportFailure('A request could not be answered', error);
          response.destroy();
        })
        .finally(() => running.delete(task));
      running.add(task);
    },
    idle: async () => {
      await Promise.allSettled(running);
    },
  };
}

function answerer(services: S3Services, principals: ReadonlyMap<string, S3Principal>) {
  const authenticate = authenticator(principals);
  return async (message: IncomingMessage, response: ServerResponse, id: string): Promise<S3Answer> => {
    const { method = '', url = '' } = message;
    const target = readTarget(url);
    const headers = readHeaders(message);
    const sourceIp = message.socket.remoteAddress ?? '';
    const { cors } = services.buckets.find(target.bucket) ?? { cors: [] };
    if (method === 'OPTIONS') return { status: 200, headers: preflightHeaders(cors, headers) };
    for (const [name, value] of Object.entries(corsHeaders(cors, method, headers))) response.setHeader(name, value);
    if (isForm(message, target)) {
      return postForm(services, principals, { id, bucket: target.bucket, message, sourceIp });
    }
    const parts = { method, path: target.path, query: target.rawQuery, headers: message.headers };
    const { principal, payloadHash } = authenticate(parts, services.now());
    try {
      const operation = route(method, target, headers);
      authorize(principal, operation, target, services.buckets);
      if (needsBucket(operation)) services.buckets.require(target.bucket);
      if ((headers['x-amz-expected-bucket-owner'] ?? ACCOUNT) !== ACCOUNT) throw s3Error('AccessDenied');
      const { bucket, key, query } = target;
      const requester = principal.accessKeyId;
      const body = readPieces(message);
      return await operation(services, {
        id,
        method,
        bucket,
        key,
        query,
        headers,
        body,
        payloadHash,
        requester,
        sourceIp,
      });
    } catch (error) {
      throw hideMissingKey(principal, error);
    }
  };
}

function isForm(message: IncomingMessage, target: Target): boolean {
  const type = message.headers['content-type'] ?? '';
  return message.method === 'POST' && target.bucket !== '' && target.key === '' && /^multipart\/form-data/i.test(type);
}

async function send(response: ServerResponse, { status, headers = {}, body }: S3Answer): Promise<void> {
  const hasLength = headers['content-length'] !== undefined || status === 204 || status === 304;
  const length = hasLength ? {} : { 'content-length': typeof body === 'string' ? Buffer.byteLength(body) : 0 };
  response.writeHead(status, { ...headers, ...length });
  if (typeof body === 'object') await pipeline(body, response);
  else response.end(body);
}

function sendFailure(message: IncomingMessage, response: ServerResponse, id: string, error: unknown): void {
  const clientIsGone = message.destroyed && !message.complete;
  const { status, code, headers, message: text } = asS3Error(error);
  const aborted = clientIsGone || (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';
  if (status === 500 && !aborted) {
    const path = message.url?.replace(/\?.*/s, '') ?? '';
    reportFailure('A request failed', error, { requestId: id, method: message.method ?? '', path });
  }
  if (response.headersSent || aborted) {
    response.destroy();
    return;
  }
  // The rest of the body is let in: a client that is still sending would not read the answer.
  message.resume();
  const hasBody = message.method !== 'HEAD' && status !== 304;
  const body = xmlDocument('Error', { Code: code, Message: text, RequestId: id });
  response.writeHead(status, {
    ...headers,
    ...(hasBody && { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) }),
  });
  response.end(hasBody ? body : undefined);
}
