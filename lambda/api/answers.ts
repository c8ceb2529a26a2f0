import { RateExceeded } from '../core/accounts/call-rates.ts';
import { PROBLEMS, type Problem } from '../core/kernel/problems.ts';
import { FilesMissing } from '../core/library/files/change-files.ts';
import { FileReferenced } from '../core/library/references/ask-before-delete.ts';
import { Answered } from './answered.ts';
import { isFromBrowser } from './cross-site.ts';
import type { AnyOperation } from './operation.ts';
import { problemBody } from './problem-body.ts';
import { API_METHODS, MethodNotAllowed } from './routing.ts';
import { useAnswer } from './schemas/reference.ts';

/** Of ImageKit's SDKs those that read JSON from every answer, and fail without it. */
const READING_JSON: ReadonlySet<string | null> = new Set(['go', 'java', 'csharp']);

/** @param result what the operation's `run` gave */
export function successAnswer({ answer }: AnyOperation, request: Request, result: unknown): Response {
  const { body, extras } = result instanceof Answered ? result : new Answered(result, {});
  const status = extras.status ?? answer.status;
  const { mediaType } = answer;
  const headers = { ...answer.headers, ...extras.headers };
  if (status === 204) return emptyAnswer(request, headers);
  if (mediaType === undefined) return Response.json(body, { status, headers });
  return new Response(body as string, { status, headers: { 'content-type': mediaType, ...headers } });
}

function emptyAnswer({ headers: asked }: Request, headers: Readonly<Record<string, string>>): Response {
  if (READING_JSON.has(asked.get('x-stainless-lang'))) return Response.json({}, { headers });
  return new Response(null, { status: 204, headers });
}

/**
 * `message`, `help` and, for some, `reason` as ImageKit has them: its clients depend on them. `code` is ours; `help` leads to
 * its explanation.
 */
export function problemAnswer(shown: Problem, request: Request | undefined, operation?: AnyOperation): Response {
  const { code, status } = shown;
  const reason = operation?.reasons?.[code];
  const body = {
    ...problemBody(shown, request?.headers.get('host')),
    ...(reason && { reason }),
    ...(shown instanceof FileReferenced && { references: shown.uses.map(useAnswer) }),
    ...(shown instanceof FilesMissing && { missingFileIds: shown.fileIds }),
  };
  return Response.json(body, { status, headers: problemHeaders(shown, request) });
}

function problemHeaders(shown: Problem, request: Request | undefined): Record<string, string> {
  const { code, status } = shown;
  const challenges = status === 401 && request !== undefined && !isFromBrowser(request);
  return {
    ...(challenges && { 'www-authenticate': 'Basic realm="private key", charset="UTF-8"' }),
    ...(shown instanceof MethodNotAllowed && { allow: shown.allow }),
    ...(shown instanceof RateExceeded && rateHeaders(shown)),
    ...(status === 503 && { 'retry-after': String(Math.max(1, PROBLEMS[code].cacheSeconds)) }),
    // A conflict does not get better by repetition; without this SDKs try 409 again.
    ...(status === 409 && { 'x-should-retry': 'false' }),
  };
}

/** ImageKit's three, of which its newer SDKs read none, and the two that those read; milliseconds but for the last. */
const rateHeaders = ({ limit, wait, window }: RateExceeded) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-reset': String(wait),
  'x-ratelimit-interval': String(window),
  'retry-after-ms': String(wait),
  'retry-after': String(Math.ceil(wait / 1000)),
});

/** Answers browsers' preflights for every path, known or not, so that their real request gets the real error. */
export function preflightAnswer(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': API_METHODS.join(', '),
      'access-control-allow-headers': 'authorization, content-type, if-match',
      'access-control-max-age': '86400',
    },
  });
}
