import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWebFunction, type WebFunction } from '../../../src/services/web-function/server.ts';

/* A server that reads what it is sent, and one path at which it does not. */
const SERVER = `
const { createServer } = require('node:http');
const [host, port] = process.env.AWS_LAMBDA_HTTP_ENDPOINT.split(':');
createServer((request, response) => {
  if (request.url === '/early') return response.end('early');
  if (request.url === '/never') return request.resume();
  if (request.url === '/die') return process.exit(1);
  let bytes = 0;
  request.on('data', (chunk) => { bytes += chunk.length; });
  request.on('end', () => response.end(JSON.stringify({ bytes, secret: request.headers['x-secret'], home: process.env.HOME, own: process.env.OWN })));
}).listen(Number(port), host);
`;

let folder: string;
let running: WebFunction;
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'web-function-'));
  writeFileSync(join(folder, 'index.js'), SERVER);
  running = await startWebFunction({
    ...{
      codeFolder: folder,
      region: 'eu-west-1',
      environment: { OWN: 'own' },
      timeoutSeconds: 2,
      maximumConcurrency: 2,
    },
    log: (line) => void lines.push(line),
  });
});

afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = (path: string, body: string) => fetch(`${running.url}${path}`, { method: 'POST', body });

it('hands a request on to the server, which has its variables and nothing of this process', async () => {
  const answer = await fetch(running.url, {
    method: 'POST',
    body: 'x'.repeat(9_000_000),
    headers: { 'x-secret': 's' },
  });

  expect(await answer.json()).toEqual({ bytes: 9_000_000, secret: 's', own: 'own' });
  expect(lines.some((line) => /^REPORT Max Memory Used: \d+ MB$/.test(line))).toBe(true);
});

it('is half duplex: a server that answers before it has read the request fails', async () => {
  expect((await send('/early', 'x'.repeat(20_000_000))).status).toBe(502);
  expect(lines.join('\n')).toContain('answered before the whole request was read');
});

it('ends a request that takes longer than the function may', async () => {
  expect((await send('/never', 'x')).status).toBe(502);
  expect(lines.join('\n')).toContain('timed out after 2 s');
});

it('starts a server that died again', async () => {
  expect((await send('/die', 'x')).status).toBe(502);
  expect((await send('/', 'xy')).status).toBe(200);
});

it('takes nothing of a request that waits to be told to go on', async () => {
  const status = await new Promise((resolve, reject) => {
    const asked = request(running.url, { method: 'POST', headers: { expect: '100-continue', 'content-length': 5 } });
    asked.on('continue', () => reject(new Error('was told to go on')));
    asked.on('response', ({ statusCode }) => resolve(statusCode));
    asked.on('error', reject);
    asked.flushHeaders();
  });

  expect(status).toBe(417);
});
