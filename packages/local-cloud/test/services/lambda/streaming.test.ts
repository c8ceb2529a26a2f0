import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Invocation, LambdaFunction, StreamedInvocation } from '../../../src/services/lambda/function.ts';
import { json, sampleFunction } from './sample-function.ts';

const HANDLER = `
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  if (event.failFirst) throw new RangeError('before the first byte');
  if (event.plain) { stream.setContentType('text/plain'); stream.write('plain'); stream.end(); return; }
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: 203, headers: { 'Content-Type': 'image/x', 'x-n': 1 }, cookies: ['a=1'] });
  if (event.nothing) return out.end();
  out.write('first ');
  await pause(event.pause ?? 0);
  if (event.failMidway) throw new RangeError('midway');
  if (event.exit) process.exit(1);
  for (let i = 0; i < (event.megabytes ?? 0); i++) if (!out.write(Buffer.alloc(1024 * 1024, i))) await new Promise((done) => out.once('drain', done));
  out.end('last');
  await pause(event.goOn ?? 0);
  console.log('done', process.pid);
});`;

async function stream(lambda: LambdaFunction, event: unknown): Promise<StreamedInvocation> {
  const answer = await lambda.invokeStreaming(event);
  if ('payload' in answer) throw new Error(answer.payload.toString());
  return answer;
}

test('status, headers, cookies and the first bytes arrive while the handler still works', async () => {
  await using sample = await sampleFunction(HANDLER);

  const answer = await stream(sample.lambda, { pause: 700 });
  const [first] = await once(answer.body, 'data');
  const firstAt = performance.now();
  const rest = await buffer(answer.body);

  expect(answer).toMatchObject({
    statusCode: 203,
    headers: { 'content-type': 'image/x', 'x-n': '1' },
    cookies: ['a=1'],
  });
  expect(String(first)).toBe('first ');
  expect(rest.toString()).toBe('last');
  expect(performance.now() - firstAt).toBeGreaterThan(400);
});

test('an environment is free only when the handler has finished, which may be after its answer', async () => {
  await using sample = await sampleFunction(HANDLER, { maximumEnvironments: 1 });

  await buffer((await stream(sample.lambda, { goOn: 600 })).body);
  const answeredAt = performance.now();
  expect(sample.lines.filter((line) => line.includes('done'))).toHaveLength(0);
  await buffer((await stream(sample.lambda, {})).body);

  expect(performance.now() - answeredAt).toBeGreaterThan(300);
  await expect.poll(() => sample.lines.filter((line) => line.includes('done')).length).toBe(2);
  expect(sample.lambda.statistics).toEqual({ invocations: 2, coldStarts: 1, errors: 0 });
});

test('large answers pass through without being held, and may be above the 6 MB of a buffered one', async () => {
  await using sample = await sampleFunction(HANDLER);

  const { body } = await stream(sample.lambda, { megabytes: 20 });
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
  const buffered = await sample.lambda.invoke({ megabytes: 20 });

  expect(bytes).toBe('first last'.length + 20 * 1024 * 1024);
  expect(json(buffered)).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
});

test('an answer above 200 MB breaks off', async () => {
  await using sample = await sampleFunction(HANDLER);

  const { body } = await stream(sample.lambda, { megabytes: 201 });

  await expect(async () => {
    for await (const chunk of body) expect(chunk).toBeDefined();
  }).rejects.toThrow('209715200');
  expect(sample.lambda.statistics.errors).toBe(1);
});

test('a handler that fails before its first byte is a failed invocation; midway it breaks the body', async () => {
  await using sample = await sampleFunction(HANDLER);

  const early = (await sample.lambda.invokeStreaming({ failFirst: true })) as Invocation;
  const thrown = await stream(sample.lambda, { failMidway: true });
  await expect(buffer(thrown.body)).rejects.toThrow('midway');
  const died = await stream(sample.lambda, { exit: true });
  await expect(buffer(died.body)).rejects.toThrow();

  expect(early.functionError).toBe('Unhandled');
  expect(json(early)).toMatchObject({ errorType: 'RangeError', errorMessage: 'before the first byte' });
  expect(sample.lambda.statistics.errors).toBe(3);
});

test('a process killed at its deadline breaks the body, and the next invocation gets a new one', async () => {
  await using sample = await sampleFunction(HANDLER, { timeoutSeconds: 1 });

  const { body } = await stream(sample.lambda, { pause: 30_000 });
  await expect(buffer(body)).rejects.toThrow();

  expect((await buffer((await stream(sample.lambda, {})).body)).toString()).toBe('first last');
});

test('a caller that goes away does not stop the handler', async () => {
  await using sample = await sampleFunction(HANDLER);

  const { body } = await stream(sample.lambda, { pause: 100, megabytes: 10 });
  body.destroy();

  await expect.poll(() => sample.lines.filter((line) => line.includes('done')).length).toBe(1);
});

test('an answer without metadata is 200 with its own type; metadata that were never written are a failure', async () => {
  await using sample = await sampleFunction(HANDLER);

  const plain = await stream(sample.lambda, { plain: true });
  const nothing = await sample.lambda.invokeStreaming({ nothing: true });

  expect(plain).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/plain' } });
  expect((await buffer(plain.body)).toString()).toBe('plain');
  expect(nothing).toMatchObject({ functionError: 'Unhandled' });
});

test('a buffered handler called for a stream gives its whole answer', async () => {
  await using sample = await sampleFunction(`export const handler = async () => ({ statusCode: 204 });`);

  const answer = (await sample.lambda.invokeStreaming({})) as Invocation;

  expect(json(answer)).toEqual({ statusCode: 204 });
});
