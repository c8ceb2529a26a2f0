import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, targetOf } from '../../../lambda/adapters/signed-http/http-exchange.lean.ts';

const OBJECT = Buffer.alloc(1_000_003, 7);

const server = createServer((_, response) => response.end(OBJECT));

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));

afterAll(() => server.close());

const read = (maximumBytes?: number) => {
  const { port } = server.address() as AddressInfo;
  const pieces: Buffer[] = [];
  const call = { method: 'GET', headers: {}, timeout: 20_000 };
  return exchange(targetOf(`http://127.0.0.1:${port}/object`), call, async (answer) => {
    answer.stream().on('data', (piece: Buffer) => pieces.push(piece));
    return { bytes: await answer.bytes(maximumBytes), pieces };
  });
};

test('an object of a known size is read into memory of that size, and its pieces are given back at once', async () => {
  const { bytes, pieces } = await read(OBJECT.byteLength);

  expect(bytes.equals(OBJECT)).toBe(true);
  expect(bytes.buffer.byteLength).toBe(OBJECT.byteLength);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map(({ byteLength }) => byteLength)).toEqual(pieces.map(() => 0));
});

test('without a limit nothing that is announced is believed: the pieces are joined when all are there', async () => {
  const { bytes, pieces } = await read();

  expect(bytes.equals(OBJECT)).toBe(true);
  expect(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(OBJECT.byteLength);
});
