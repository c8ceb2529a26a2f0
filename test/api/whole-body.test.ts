import { expect, test } from 'vitest';
import { wholeBody } from '../../lambda/api/whole-body.ts';

const request = (...pieces: Uint8Array[]) =>
  new Request('https://api.invalid/', { method: 'POST', body: ReadableStream.from(pieces), duplex: 'half' });

test('a body in one piece is handed on as it is', async () => {
  const piece = Buffer.from('form');

  const body = await wholeBody(request(piece));

  expect(body.toString()).toBe('form');
  expect(body.buffer).toBe(piece.buffer);
});

test('a body in several pieces, or without any, is whole', async () => {
  expect((await wholeBody(request(Buffer.from('fo'), new Uint8Array([114]), Buffer.from('m')))).toString()).toBe(
    'form',
  );
  expect(await wholeBody(request())).toHaveLength(0);
  expect(await wholeBody(new Request('https://api.invalid/'))).toHaveLength(0);
});

test('a body that breaks off rejects with what broke it', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('broke off')) });

  await expect(
    wholeBody(new Request('https://api.invalid/', { method: 'POST', body, duplex: 'half' })),
  ).rejects.toThrow('broke off');
});
