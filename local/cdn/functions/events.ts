/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string>>;

/** A request as it goes through the CDN: raw path and raw query. */
export interface EdgeRequest {
  readonly method: string;
  readonly path: string;
  /** Without `?`; undefined when there is none. */
  readonly query: string | undefined;
  readonly headers: Headers;
}

export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

type Values = Record<string, Value>;

interface RequestObject {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Values | string;
  readonly headers: Values;
  readonly cookies: Values;
}

interface ResponseObject {
  readonly statusCode: number;
  readonly headers?: Values;
  readonly body?: string | { readonly encoding?: string; readonly data: string };
}

export interface EventContext {
  readonly distributionId: string;
  readonly requestId: string;
  readonly viewerIp: string;
}

/** The event of a viewer-request function (AWS, "CloudFront Functions event structure"). */
export function requestEvent(request: EdgeRequest, context: EventContext): object {
  return { ...envelope('viewer-request', context), request: requestObject(request) };
}

export function responseEvent(request: EdgeRequest, status: number, headers: Headers, context: EventContext): object {
  const response = { statusCode: status, headers: valuesOf(headers), cookies: {} };
  return { ...envelope('viewer-response', context), request: requestObject(request), response };
}

/** What a viewer-request function decided: the request to go on with, or an answer. @throws for a malformed result */
export function readRequestResult(result: unknown, request: EdgeRequest): EdgeRequest | EdgeAnswer {
  if (typeof result !== 'object' || result === null) throw new Error('the function returned no object');
  if ('statusCode' in result) return readAnswer(result as ResponseObject);
  const { uri, headers, querystring } = result as RequestObject;
  if (typeof uri !== 'string' || !uri.startsWith('/')) throw new Error('the uri must begin with a slash');
  const query = typeof querystring === 'string' ? querystring : queryText(querystring ?? {});
  return { method: request.method, path: uri, query: query || undefined, headers: headersOf(headers) };
}

/** Status and headers after a viewer-response function; the body cannot be changed there. */
export function readResponseResult(result: unknown): { readonly status: number; readonly headers: Headers } {
  if (typeof result !== 'object' || result === null) throw new Error('the function returned no object');
  const { statusCode, headers } = result as ResponseObject;
  return { status: checkedStatus(statusCode), headers: headersOf(headers ?? {}) };
}

function readAnswer({ statusCode, headers, body }: ResponseObject): EdgeAnswer {
  const data = typeof body === 'string' ? body : (body?.data ?? '');
  const encoding = typeof body === 'object' && body.encoding === 'base64' ? 'base64' : 'utf8';
  return { status: checkedStatus(statusCode), headers: headersOf(headers ?? {}), body: Buffer.from(data, encoding) };
}

function checkedStatus(status: unknown): number {
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new Error(`the status ${String(status)} is none`);
}

function envelope(eventType: string, { distributionId, requestId, viewerIp }: EventContext): object {
  return {
    version: '1.0',
    context: { distributionDomainName: 'localhost', distributionId, eventType, requestId },
    viewer: { ip: viewerIp },
  };
}

function requestObject({ method, path, query, headers }: EdgeRequest): RequestObject {
  return { method, uri: path, querystring: queryValues(query ?? ''), headers: valuesOf(headers), cookies: {} };
}

function queryValues(query: string): Values {
  const values: Record<string, Value> = {};
  for (const item of query.split('&').filter(Boolean)) {
    const [name = '', value = ''] = item.split(/=(.*)/s);
    const before = values[name];
    const all = [...(before?.multiValue ?? (before ? [{ value: before.value }] : [])), { value }];
    values[name] = all.length > 1 ? { value: all[0]?.value ?? '', multiValue: all } : { value };
  }
  return values;
}

function queryText(values: Values): string {
  return Object.entries(values)
    .flatMap(([name, { value, multiValue }]) => (multiValue ?? [{ value }]).map((one) => `${name}=${one.value}`))
    .join('&');
}

function valuesOf(headers: Headers): Values {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
}

function headersOf(values: Values): Headers {
  const entries = Object.entries(values).map(([name, entry]) => {
    if (name !== name.toLowerCase() || typeof entry?.value !== 'string') {
      throw new Error(`the header ${name} is not {value: text} under a lower-case name`);
    }
    return [name, entry.value] as const;
  });
  return Object.fromEntries(entries);
}
