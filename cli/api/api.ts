import { setTimeout as pause } from 'node:timers/promises';
import { authorizationIn, CREDENTIALS } from '../authorization.ts';
import { CommandFailed } from '../command-failed.ts';
import { WrongCall } from '../wrong-call.ts';

/** Options of each verb that calls the API. */
export const API_OPTIONS = {
  help: { type: 'boolean', default: false },
  api: { type: 'string' },
} as const;

/** Their lines in the help of a verb. */
export const API_HELP = `  --api   base URL of the API. Default: VITRINE_API

Set VITRINE_TOKEN (of vitrine sign-in) or VITRINE_PRIVATE_KEY.`;

/** What an answer that is no success says. */
export class ApiRefused extends CommandFailed {
  readonly status: number;
  /** One of docs/api.md, where the answer has one. */
  readonly code: string | undefined;

  constructor(call: string, status: number, { message, code }: { readonly message?: string; readonly code?: string }) {
    super(`${call} was answered ${status}: ${message ?? 'the answer does not say why'}`);
    this.status = status;
    this.code = code;
  }
}

export interface GivenCall {
  /** Members that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  /** A form goes as it is, everything else as JSON. */
  readonly body?: unknown;
  /** Entity tag that what is changed must have. */
  readonly ifMatch?: string | undefined;
}

/** Calls of one deployment's API. */
export interface Api {
  /** Base URL without a slash at its end. */
  readonly base: string;
  /** @throws ApiRefused; CommandFailed when nobody answers */
  readonly call: (method: string, path: string, given?: GivenCall) => Promise<Response>;
}

/** Answers after which the same call may be made again: nothing was done. */
const PASSING = [429, 503];

const ATTEMPTS = 6;

/** Milliseconds between two attempts, where the answer does not say it. */
const PATIENCE = 500;

/**
 * The API that `--api` or VITRINE_API names, with the credentials of the environment.
 * @throws WrongCall when either is missing
 */
export function apiOf(base: string | undefined, environment = process.env): Api {
  const url = base ?? environment.VITRINE_API;
  if (!url || !URL.canParse(url)) throw new WrongCall('Say with --api or VITRINE_API at which URL the API is.');
  const authorization = authorizationIn(environment);
  if (!authorization) throw new WrongCall(`Set ${CREDENTIALS}.`);
  return connectApi(url, authorization);
}

/** @param authorization value of the header */
export function connectApi(url: string, authorization: string): Api {
  const base = url.replace(/\/+$/, '');
  return {
    base,
    call: async (method, path, given = {}) => {
      for (let attempt = 1; ; attempt++) {
        const answer = await send(urlOf(base, path, given), method, authorization, given);
        if (answer.ok) return answer;
        if (!PASSING.includes(answer.status) || attempt === ATTEMPTS) {
          throw new ApiRefused(`${method} ${path}`, answer.status, await problemOf(answer));
        }
        await answer.body?.cancel();
        await pause(waitOf(answer) ?? PATIENCE * attempt);
      }
    },
  };
}

function urlOf(base: string, path: string, { query = {} }: GivenCall): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? `${base}${path}?${new URLSearchParams(given)}` : `${base}${path}`;
}

async function send(
  url: string,
  method: string,
  authorization: string,
  { body, ifMatch }: GivenCall,
): Promise<Response> {
  const isForm = body instanceof FormData;
  const headers = {
    authorization,
    ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  };
  const sent = isForm ? body : body === undefined ? null : JSON.stringify(body);
  try {
    return await fetch(url, { method, headers, body: sent });
  } catch {
    throw new CommandFailed(`${new URL(url).origin} does not answer.`);
  }
}

async function problemOf(answer: Response): Promise<{ message?: string; code?: string }> {
  const text = await answer.text();
  try {
    return JSON.parse(text) as { message?: string; code?: string };
  } catch {
    return {};
  }
}

/** Milliseconds that an answer asks to wait. */
function waitOf({ headers }: Response): number | undefined {
  const [exact, seconds] = [headers.get('retry-after-ms'), headers.get('retry-after')];
  if (exact !== null) return Number(exact) || undefined;
  return seconds === null ? undefined : Number(seconds) * 1000 || undefined;
}
