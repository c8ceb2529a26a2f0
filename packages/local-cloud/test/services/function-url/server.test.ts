import { once } from 'node:events';
import { connect } from 'node:net';
import { AwsClient } from 'aws4fetch';
import { afterEach, expect, test } from 'vitest';
import { type FunctionUrlOptions, startFunctionUrl } from '../../../src/services/function-url/server.ts';
import type { HttpEvent } from '../../../src/services/http-api/event.ts';
import { type SampleFunction, sampleFunction } from '../lambda/sample-function.ts';

const SECRETS = new Map([['CDN', 'secret of the CDN']]);
const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function url(
  source: string,
  options: Partial<FunctionUrlOptions> = {},
): Promise<{ url: string; sample: SampleFunction }> {
  const sample = await sampleFunction(source);
  open.push(async () => sample[Symbol.asyncDispose]());
  const started = await startFunctionUrl({
    function: sample.lambda,
    authType: 'NONE',
    invokeMode: 'BUFFERED',
    secrets: SECRETS,
    region: 'eu-west-1',
    ...options,
  });
  open.push(() => started.close());
  return { url: started.url, sample };
}

const ECHO = 'export const handler = async (event) => event;';

function signer(secretAccessKey = 'secret of the CDN', service = 'lambda', accessKeyId = 'CDN'): AwsClient {
  return new AwsClient({ accessKeyId, secretAccessKey, service, region: 'eu-west-1', retries: 0 });
}

test('with AWS_IAM only signed requests run the function', async () => {
  const { url: base, sample } = await url(ECHO, { authType: 'AWS_IAM' });
  const later = await url(ECHO, { authType: 'AWS_IAM', now: () => new Date(Date.now() + 16 * 60_000) });
  const path = `${base}open/default/a.avif?x=1`;
  const signed = await signer().sign(path);
  const tampered = new Request(`${base}open/default/b.avif?x=1`, signed);

  const answers = [
    await fetch(path),
    await fetch(tampered),
    await signer('guessed').fetch(path),
    await signer(undefined, 's3').fetch(path),
    await signer(undefined, undefined, 'OTHER').fetch(path),
    await signer().fetch(later.url),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ Message: 'Forbidden' });
    expect(answer.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
  }
  expect(sample.lambda.statistics.invocations).toBe(0);
  expect(later.sample.lambda.statistics.invocations).toBe(0);

  const answer = await fetch(signed);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    rawPath: '/open/default/a.avif',
    rawQueryString: 'x=1',
    requestContext: { authorizer: { iam: { accessKey: 'CDN' } } },
  });
});

test('the signature covers the body, whether or not its hash is sent', async () => {
  const { url: base, sample } = await url(ECHO, { authType: 'AWS_IAM' });
  const sign = (body: string, headers: Record<string, string> = {}) =>
    signer().sign(base, { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } });
  const changed = await sign('signed');
  const unsigned = await sign('any', { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' });

  const fine = await fetch(await sign('body'));
  const other = await fetch(base, { method: 'POST', body: 'changed', headers: changed.headers });

  expect(fine.status).toBe(200);
  expect(await fine.json()).toMatchObject({ body: 'body' });
  expect(other.status).toBe(403);
  expect((await fetch(unsigned)).status).toBe(403);
  expect(sample.lambda.statistics.invocations).toBe(1);
});

test('the path reaches the function as it was sent', async () => {
  const { url: base } = await url(ECHO);

  const event = (await (await fetch(`${base}tr:w-1/a%20%2Fb.jpg?tr=h-2%2Cw-3`)).json()) as HttpEvent;

  expect(event).toMatchObject({
    rawPath: '/tr:w-1/a%20%2Fb.jpg',
    rawQueryString: 'tr=h-2%2Cw-3',
    routeKey: '$default',
  });
});

test('a header as long as the longest media URL in base64 arrives', async () => {
  const { url: base } = await url(ECHO);
  const value = 'x'.repeat(14_000);

  const event = (await (await fetch(base, { headers: { 'x-media-url': value } })).json()) as HttpEvent;

  expect(event.headers['x-media-url']).toBe(value);
});

test('a streamed answer is on its way while the function writes it', async () => {
  const { url: base } = await url(
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'content-type': 'image/avif', 'content-length': '9' }, cookies: ['a=1'] });
      out.write('begin');
      await new Promise((done) => setTimeout(done, 400));
      out.end(' end');
    });`,
    { invokeMode: 'RESPONSE_STREAM' },
  );

  const response = await fetch(base);
  const headersAt = performance.now();
  const text = await response.text();

  expect(text).toBe('begin end');
  expect(performance.now() - headersAt).toBeGreaterThan(250);
  expect(response.headers.get('content-type')).toBe('image/avif');
  expect(response.headers.get('content-length')).toBe('9');
  expect(response.headers.getSetCookie()).toEqual(['a=1']);
});

test('a stream that breaks off midway cuts the connection', async () => {
  const { url: base } = await url(
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
      out.write('begin');
      throw new Error('midway');
    });`,
    { invokeMode: 'RESPONSE_STREAM' },
  );

  await expect(fetch(base).then((response) => response.text())).rejects.toThrow();
});

test('a viewer who leaves does not stop the function, nor the server', async () => {
  const { url: base, sample } = await url(
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
      for (let i = 0; i < 20; i++) { if (!out.write(Buffer.alloc(500_000))) await new Promise((done) => out.once('drain', done)); }
      out.end();
      console.log('finished');
    });`,
    { invokeMode: 'RESPONSE_STREAM' },
  );
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await once(socket, 'data');

  socket.destroy();

  await expect.poll(() => sample.lines.join('\n')).toContain('finished');
});

test('a failing function is 502, an event above 6 MB is 413, a stopped function is 429', async () => {
  const { url: base } = await url(`export const handler = async () => { throw new Error('inside'); };`);
  const odd = await url(`export const handler = async () => ({ statusCode: 200, headers: { a: 'line\\nbreak' } });`);
  const stopped = await sampleFunction(ECHO, { maximumEnvironments: 0 });
  const { url: stoppedUrl, close } = await startFunctionUrl({
    function: stopped.lambda,
    authType: 'NONE',
    invokeMode: 'BUFFERED',
    secrets: SECRETS,
    region: 'eu-west-1',
  });
  open.push(close, async () => stopped[Symbol.asyncDispose]());

  const failed = await fetch(base);
  const large = await fetch(base, { method: 'POST', body: Buffer.alloc(7_000_000) });
  const inBase64 = await fetch(base, { method: 'POST', body: Buffer.alloc(5_000_000) });

  expect(failed.status).toBe(502);
  expect(await failed.text()).not.toContain('inside');
  expect(large.status).toBe(413);
  expect(inBase64.status).toBe(413);
  expect((await fetch(odd.url)).status).toBe(502);
  expect((await fetch(stoppedUrl)).status).toBe(429);
});

test('HEAD runs the function and sends no body', async () => {
  const { url: base } = await url(`export const handler = async () => ({ statusCode: 200, body: 'text' });`);

  const response = await fetch(base, { method: 'HEAD' });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.text()).toBe('');
});
