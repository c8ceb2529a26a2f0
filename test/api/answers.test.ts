import { expect, test } from 'vitest';
import { preflightAnswer, problemAnswer, successAnswer } from '../../lambda/api/answers.ts';
import { completed } from '../../lambda/api/completed-answer.ts';
import { MethodNotAllowed } from '../../lambda/api/routing.ts';
import { problem } from '../../lambda/core/kernel/problems.ts';
import { operationOf } from './example-calls.ts';

const request = (headers: Readonly<Record<string, string>> = {}) =>
  new Request('https://api.invalid/', { headers: { host: 'api.example.com', ...headers } });

test('several cookies stay several', () => {
  const headers = new Headers();
  headers.append('set-cookie', 'a=1; Path=/');
  headers.append('set-cookie', 'b=2; Path=/');

  expect(completed(new Response('', { headers }), 'r').headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
});

test('every answer has its request id twice, is not cached and keeps its own headers', () => {
  const { headers } = completed(new Response('', { headers: { 'cache-control': 'public, max-age=300' } }), 'r-1');

  expect(headers.get('x-request-id')).toBe('r-1');
  expect(headers.get('x-ik-requestid')).toBe('r-1');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('public, max-age=300');
  expect(completed(new Response(''), 'r').headers.get('cache-control')).toBe('no-store');
});

test('an answer may be read by scripts of other sites, never with remembered credentials', () => {
  for (const answer of [completed(new Response(''), 'r'), completed(preflightAnswer(), 'r')]) {
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  }
});

test('a problem has the message, the code and a link to its explanation', async () => {
  const answer = problemAnswer(problem('rule.not-found', 'No rule has this id.'), request());

  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({
    message: 'No rule has this id.',
    code: 'rule.not-found',
    help: 'https://api.example.com/docs#rule.not-found',
  });
});

test('a conflict says that it does not get better by repetition', () => {
  const retry = (code: 'name.taken' | 'rule.not-found') =>
    problemAnswer(problem(code, 'x'), request()).headers.get('x-should-retry');

  expect([retry('name.taken'), retry('rule.not-found')]).toEqual(['false', null]);
});

test('a wrong method is answered with those that there are', () => {
  const answer = problemAnswer(new MethodNotAllowed('x', ['GET', 'OPTIONS']), request());

  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
});

test('an answer has the status, type and headers of its record', async () => {
  const json = successAnswer(operationOf('signing-keys.create'), request(), { id: 'k' });
  const page = successAnswer(operationOf('documentation.page'), request(), '<p>');
  const nothing = successAnswer(operationOf('rules.delete'), request(), undefined);

  expect([json.status, json.headers.get('content-type'), await json.json()]).toEqual([
    201,
    'application/json',
    { id: 'k' },
  ]);
  expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html; charset=utf-8', '<p>']);
  expect([nothing.status, nothing.body]).toEqual([204, null]);
});
