import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientGone } from '../../http/client-gone.ts';
import { isPreflight } from '../../http/cors.ts';
import { readBody } from '../../http/read-body.ts';
import { splitUrl } from '../../http/request-url.ts';
import type { Invocation } from '../lambda/function.ts';
import { type HttpAnswer, readAnswer, writeAnswer, writeJson } from './answer.ts';
import { answerHeaders, type CorsConfiguration, preflightHeaders } from './cors.ts';
import { toEventPayload } from './event.ts';
import { type Route, type RouteMatch, RouteTable } from './route-table.ts';
import { createThrottle, type ThrottleSettings } from './throttle.ts';

/** A route whose integration is a function (AWS_PROXY, payload format 2.0). */
export interface FunctionRoute extends Route {
  /** Takes the JSON text of an `HttpEvent`; `gone` is aborted when nobody waits for the answer any longer. */
  readonly invoke: (payload: Buffer, gone: AbortSignal) => Promise<Invocation>;
  /** RouteSettings of the stage for it. @default what the stage has for all routes, counted for this one */
  readonly throttle?: ThrottleSettings;
}

export interface HttpApiOptions {
  readonly routes: readonly FunctionRoute[];
  readonly cors?: CorsConfiguration;
  /** DefaultRouteSettings of the stage. @default none */
  readonly throttle?: ThrottleSettings;
  readonly accountId: string;
  readonly apiId: string;
  /** Takes what went wrong in a function or its answer; the client is not told. */
  readonly log: (line: string) => void;
  /** Milliseconds until an integration is given up. @default 30,000, the bound of HTTP APIs */
  readonly integrationTimeout?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

/** Payload of an HTTP API ("Quotas for configuring and running an HTTP API"): 10 MB. */
const BODY_BYTES = 10 * 1024 * 1024;

/** Request line and header values of one request, together (the same quotas). */
const HEAD_BYTES = 10_240;
const INTEGRATION_MILLISECONDS = 30_000;

/** Content type of a function's text answer that names none. */
const UNTYPED_BODY = 'text/plain; charset=utf-8';

/** An HTTP API with its `$default` stage, as a handler for a Node server. */
export function createHttpApi(options: HttpApiOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const routes = new RouteTable(options.routes);
  const admits = throttles(options);
  return (request, response) => {
    serve(options, routes, admits, request, response).catch((error: Error) => {
      options.log(`${request.method} ${splitUrl(request.url ?? '').path}: ${error.message}`);
      if (response.headersSent) response.destroy();
      else writeJson(response, 500, INTERNAL);
    });
  };
}

/** Each route has tokens of its own ("Throttle requests to your HTTP APIs", route-level throttling). */
function throttles({ routes, throttle }: HttpApiOptions): (route: FunctionRoute | undefined) => boolean {
  const now = () => performance.now();
  const byRoute = new Map(
    routes.map((route) => {
      const settings = route.throttle ?? throttle;
      return [route, settings ? createThrottle(settings, now) : () => true] as const;
    }),
  );
  const ofOthers = throttle ? createThrottle(throttle, now) : () => true;
  return (route) => (route ? byRoute.get(route)?.() : ofOthers()) ?? true;
}

const INTERNAL = { message: 'Internal Server Error' };
const TOO_LARGE = { message: 'Request Entity Too Large' };
const HEAD_TOO_LARGE = { message: 'Request Header Fields Too Large' };
const UNAVAILABLE = { message: 'Service Unavailable' };

async function serve(
  options: HttpApiOptions,
  routes: RouteTable<FunctionRoute>,
  admits: (route: FunctionRoute | undefined) => boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (headBytes(request) > HEAD_BYTES) {
    request.resume();
    return writeJson(response, 431, HEAD_TOO_LARGE);
  }
  const { origin } = request.headers;
  const cors = options.cors ? answerHeaders(options.cors, origin) : {};
  const gone = clientGone(response);
  const body = await readBody(request, BODY_BYTES);
  if (body === 'gone') return;
  if (options.cors && isPreflight(request.method, request.headers)) return preflight(response, options.cors, origin);
  const match = routes.match(request.method ?? 'GET', splitUrl(request.url ?? '/').path);
  if (!admits(match?.route)) return writeJson(response, 429, { message: 'Too Many Requests' }, cors);
  if (!match) return writeJson(response, 404, { message: 'Not Found' }, cors);
  if (body === 'too-large') return writeJson(response, 413, TOO_LARGE, cors);
  const invocation = await withinTime(options, match.route.invoke(eventPayload(options, request, body, match), gone));
  if (gone.aborted) return;
  if (invocation === 'late' || invocation.throttled) return writeJson(response, 503, UNAVAILABLE, cors);
  if (invocation.tooLarge) return writeJson(response, 413, TOO_LARGE, cors);
  const answer = invocation.functionError ? undefined : readAnswer(invocation.payload, UNTYPED_BODY);
  if (!answer) {
    options.log(`${match.route.routeKey}: ${invocation.payload.subarray(0, 1000)}`);
    return writeJson(response, 500, INTERNAL, cors);
  }
  writeAnswer(response, options.cors ? withCors(answer, cors) : answer);
}

/** Of the request line and the values of all headers; Node takes them as Latin-1. */
function headBytes({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`;
  return rawHeaders.reduce((sum, text, index) => sum + (index % 2 === 1 ? text.length : 0), line.length);
}

function eventPayload(
  { accountId, apiId, now }: HttpApiOptions,
  request: IncomingMessage,
  body: Buffer,
  { route, pathParameters }: RouteMatch<FunctionRoute>,
): Buffer {
  return toEventPayload(request, body, {
    accountId,
    apiId,
    routeKey: route.routeKey,
    stage: '$default',
    path: 'decoded',
    now: now?.() ?? new Date(),
    ...(pathParameters && { pathParameters }),
  });
}

/** The function goes on after it is given up, as in AWS. */
async function withinTime(options: HttpApiOptions, invocation: Promise<Invocation>): Promise<Invocation | 'late'> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), options.integrationTimeout ?? INTEGRATION_MILLISECONDS);
  try {
    return await Promise.race([invocation, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function preflight(response: ServerResponse, cors: CorsConfiguration, origin: string | undefined): void {
  writeAnswer(response, {
    statusCode: 204,
    headers: preflightHeaders(cors, origin),
    cookies: [],
    body: Buffer.alloc(0),
  });
}

/** With a CORS configuration the function's own CORS headers are dropped. */
function withCors(answer: HttpAnswer, cors: Readonly<Record<string, string>>): HttpAnswer {
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...answer, headers: { ...Object.fromEntries(own), ...cors } };
}
