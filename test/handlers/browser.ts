import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { httpApiEvent, lambdaContext } from './events.ts';

export type ApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface Seen {
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

/** Where the API is, as far as a browser of a test knows. */
const API = 'http://localhost:4001';

/** As much of a browser as a sign-in needs: cookies by host and port, redirects, forms. The API is a function, the issuer a server. */
export class Browser {
  readonly #handler: ApiHandler;
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #userAgent: string | undefined;
  #stop: string | undefined;

  constructor(handler: ApiHandler, userAgent?: string) {
    this.#handler = handler;
    this.#userAgent = userAgent;
  }

  cookie(name: string): string | undefined {
    return this.#jar(API).get(name);
  }

  /** What it sends as `Cookie` to an origin. */
  cookiesOf(origin: string): string {
    return [...this.#jar(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(name: string, value: string): void {
    this.#jar(API).set(name, value);
  }

  /** Follows no redirect to this path of the API. */
  stopAt(path: string): void {
    this.#stop = path;
  }

  /** Follows what was stopped. */
  resume(url: string): Promise<Seen> {
    this.#stop = undefined;
    return this.get(url);
  }

  get(path: string): Promise<Seen> {
    return this.#go('GET', new URL(path, API).href);
  }

  post(path: string, form: Readonly<Record<string, string>>): Promise<Seen> {
    return this.#go('POST', new URL(path, API).href, new URLSearchParams(form).toString());
  }

  /** As a page of ours calls the API, or a program with a key. */
  async api(method: string, path: string, json?: object, key?: string) {
    const headers = key
      ? { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }
      : { 'x-vitrine': '1', 'sec-fetch-site': 'same-origin' };
    const body = json === undefined ? undefined : JSON.stringify(json);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.#answer(method, new URL(path, API), { ...headers, ...type }, body);
    const text = await answer.text();
    return { status: answer.status, json: JSON.parse(text || 'null') };
  }

  #named() {
    return this.#userAgent === undefined ? {} : { 'user-agent': this.#userAgent };
  }

  async #go(method: string, url: string, form?: string): Promise<Seen> {
    if (this.#stop !== undefined && new URL(url).pathname === this.#stop) return { status: 0, url, text: '' };
    const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await this.#answer(method, new URL(url), type, form);
    const location = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && location) return this.#go('GET', new URL(location, url).href);
    return { status: answer.status, url, text: await answer.text() };
  }

  async #answer(method: string, url: URL, headers: Readonly<Record<string, string>>, body?: string): Promise<Response> {
    const cookie = this.cookiesOf(url.origin);
    const sent = { ...headers, ...(cookie !== '' && { cookie }), ...this.#named() };
    const answer =
      url.origin === API
        ? await this.#call(method, url, sent, body)
        : await fetch(url, { method, headers: sent, redirect: 'manual', ...(body !== undefined && { body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line) && value === '') this.#jar(url.origin).set(name, '');
      else this.#jar(url.origin).set(name, value);
    }
    return answer;
  }

  async #call(method: string, url: URL, headers: Readonly<Record<string, string>>, body?: string): Promise<Response> {
    const message = { query: url.search.slice(1), headers, ...(body !== undefined && { body: Buffer.from(body) }) };
    const result = await this.#handler(httpApiEvent(method, url.pathname, message), lambdaContext());
    const answered = new Headers(result.headers as Record<string, string>);
    for (const line of result.cookies ?? []) answered.append('set-cookie', line);
    const status = result.statusCode ?? 200;
    return new Response(status === 204 || status === 303 ? null : (result.body ?? ''), { status, headers: answered });
  }

  #jar(origin: string): Map<string, string> {
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    return jar;
  }
}
