import { type EdgeAnswer, type EdgeRequest, fromWire, type Headers, toWire } from '../messages.ts';
import { type EventCookie, type EventValue, type EventValues, queryValues } from './event-values.ts';
import { type EventType, isDisallowed, READ_ONLY } from './header-rules.ts';

/** A function returned what CloudFront does not accept. */
export class InvalidResult extends Error {}

interface RequestObject {
  readonly uri?: unknown;
  readonly querystring?: EventValues | string;
  readonly headers?: EventValues;
  readonly cookies?: EventValues;
}

interface ResponseObject {
  readonly statusCode?: unknown;
  readonly headers?: EventValues;
  readonly cookies?: Readonly<Record<string, EventCookie>>;
  readonly body?: string | { readonly encoding?: string; readonly data: string };
}

/** Characters of URI and query together (AWS, "Restrictions on all edge functions", "URI"). */
const URI_CHARACTERS = 8192;

/** Control characters, and the space. */
const NOT_IN_URI = /[^!-~\u0080-\u{10ffff}]/u;

/** Control characters other than the tab: they would end the line. */
const NOT_IN_HEADER = /[^\t -~\u0080-\u{10ffff}]/u;

/**
 * What a viewer-request function decided: the request to go on with, or an answer.
 * @throws InvalidResult
 */
export function readRequestResult(result: unknown, request: EdgeRequest): EdgeRequest | EdgeAnswer {
  const object = asObject(result, 'the function');
  if ('statusCode' in object) return readAnswer(object);
  const { uri, querystring, headers, cookies } = object as RequestObject;
  if (typeof uri !== 'string' || !uri.startsWith('/')) throw new InvalidResult('request.uri must begin with a slash');
  const given = queryText(querystring, request.query);
  if (/[#?]/.test(uri) || given?.includes('#') || NOT_IN_URI.test(uri) || NOT_IN_URI.test(given ?? '')) {
    throw new InvalidResult('request.uri and querystring must have no space, control character or fragment');
  }
  const path = toWire(uri, request.path);
  const query = given === undefined ? undefined : toWire(given, request.query);
  if (path.length + (query?.length ?? 0) > URI_CHARACTERS) {
    throw new InvalidResult(`request.uri and querystring may have at most ${URI_CHARACTERS} characters`);
  }
  const { cookie: _cookie, ...received } = request.headers;
  const { method, body } = request;
  const read = { ...readHeaders(headers, received, 'viewer-request'), ...cookieHeader(cookies) };
  return { method, path, query, headers: read, ...(body && { body }) };
}

/** Cookies are a member of their own in the event, and one header in the request. */
function cookieHeader(cookies: EventValues = {}): Headers {
  const pairs = Object.entries(cookies).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((one) => `${name}=${one.value}`),
  );
  const cookie = pairs.join('; ');
  if (NOT_IN_HEADER.test(cookie)) throw new InvalidResult('a cookie has control characters');
  return cookie ? { cookie } : {};
}

/** What a viewer-response function made of status and headers; it has no access to the body. @throws InvalidResult */
export function readResponseResult(result: unknown, received: Headers): Omit<EdgeAnswer, 'body'> {
  const { statusCode, headers, cookies } = asObject(result, 'the function') as ResponseObject;
  return {
    status: checkedStatus(statusCode),
    headers: readHeaders(headers, received, 'viewer-response'),
    setCookies: setCookiesOf(cookies),
  };
}

function readAnswer({ statusCode, headers, cookies, body }: ResponseObject): EdgeAnswer {
  const data = typeof body === 'string' ? body : (body?.data ?? '');
  const encoding = typeof body === 'object' && body.encoding === 'base64' ? 'base64' : 'utf8';
  if (typeof data !== 'string') throw new InvalidResult('response.body must be text');
  return {
    status: checkedStatus(statusCode),
    headers: readHeaders(headers, {}, 'viewer-response'),
    setCookies: setCookiesOf(cookies),
    body: Buffer.from(data, encoding),
  };
}

function checkedStatus(status: unknown): number {
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new InvalidResult(`response.statusCode ${String(status)} is not between 200 and 599`);
}

function queryText(query: RequestObject['querystring'], received: string | undefined): string | undefined {
  if (typeof query === 'string') return query || undefined;
  const values = asObject(query ?? {}, 'request.querystring') as EventValues;
  if (JSON.stringify(values) === JSON.stringify(queryValues(received ?? ''))) {
    return received === undefined ? undefined : fromWire(received);
  }
  const items = Object.entries(values).flatMap(([name, entry]) =>
    allOf(name, entry).map(({ value }) => `${name}=${value}`),
  );
  return items.length > 0 ? items.join('&') : undefined;
}

function readHeaders(values: EventValues | undefined, received: Headers, event: EventType): Headers {
  const readOnly: ReadonlySet<string> = READ_ONLY[event];
  const returned = Object.entries(asObject(values ?? {}, 'headers') as EventValues).map(([name, entry]) => {
    const value = headerText(name, entry, received[name]);
    if (isDisallowed(name)) throw new InvalidResult(`functions must not add the header ${name}`);
    if (readOnly.has(name) && value !== received[name]) throw new InvalidResult(`the header ${name} is read-only`);
    return [name, value] as const;
  });
  // What functions do not see or may not take away stays.
  const kept = Object.entries(received).filter(([name]) => isDisallowed(name) || readOnly.has(name));
  return Object.fromEntries([...kept, ...returned]);
}

function headerText(name: string, entry: EventValue, received: string | undefined): string {
  if (name !== name.toLowerCase()) throw new InvalidResult(`header names must be in lower case: ${name}`);
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw new InvalidResult(`the header name ${name} is malformed`);
  const text = allOf(name, entry)
    .map(({ value }) => value)
    .join(', ');
  if (NOT_IN_HEADER.test(text)) throw new InvalidResult(`the header ${name} has control characters`);
  return received !== undefined && fromWire(received) === text ? received : toWire(text);
}

function setCookiesOf(cookies: ResponseObject['cookies'] = {}): string[] {
  return Object.entries(cookies).flatMap(([name, entry]) =>
    (entry.multiValue ?? [entry]).map(({ value, attributes }) => {
      const line = `${name}=${value}${attributes ? `; ${attributes}` : ''}`;
      if (NOT_IN_HEADER.test(line)) throw new InvalidResult(`the cookie ${name} has control characters`);
      return toWire(line);
    }),
  );
}

function allOf(name: string, entry: EventValue | undefined): readonly { readonly value: string }[] {
  const values = entry?.multiValue ?? [entry];
  for (const value of values) {
    if (typeof value?.value !== 'string') throw new InvalidResult(`${name} must be an object with a text "value"`);
  }
  return values as readonly { readonly value: string }[];
}

function asObject(value: unknown, what: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidResult(`${what} must give an object`);
}
