import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SharedBody } from '../../../src/services/cloudfront/shared-body.ts';

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

describe('a body that several viewers read', () => {
  it('comes to early and late readers from its first byte, and is had whole', async () => {
    const source = new PassThrough();
    const body = new SharedBody(source, 100);
    const early = textOf(body.open());
    source.write('one ');
    await turn();
    const late = textOf(body.open());
    source.end('two');

    expect(await Promise.all([early, late])).toEqual(['one two', 'one two']);
    expect((await body.whole)?.toString()).toBe('one two');
    expect(await textOf(body.open())).toBe('one two');
  });

  it('holds no more memory than it has bytes', async () => {
    const source = new PassThrough();
    const body = new SharedBody(source, 100);
    source.write('one ');
    source.end('two');

    expect((await body.whole)?.buffer.byteLength).toBe(7);
  });

  it('arrives although every reader has gone, when it is kept', async () => {
    const source = new PassThrough();
    const body = new SharedBody(source, 100);
    const reader = body.open();
    source.write('one ');
    reader.destroy();
    source.end('two');

    expect((await body.whole)?.toString()).toBe('one two');
  });

  it('ends with its last reader when it is not kept', async () => {
    const source = new PassThrough();
    const body = new SharedBody(source, 0);
    body.open().destroy();
    await turn();

    expect(source.destroyed).toBe(true);
    expect(await body.whole).toBeUndefined();
  });

  it('is not had whole above the bound, and its readers still get all of it', async () => {
    const source = new PassThrough();
    const body = new SharedBody(source, 10);
    const reader = textOf(body.open());
    source.write('0123456789');
    await turn();
    source.end('more');

    expect(await reader).toBe('0123456789more');
    expect(await body.whole).toBeUndefined();
    expect(body.isFromStart).toBe(false);
  });

  it('waits for the slowest reader instead of holding what is not kept', async () => {
    let sent = 0;
    const source = new PassThrough({ highWaterMark: 1 });
    const body = new SharedBody(source, 0);
    const reader = body.open();
    const sending = (async () => {
      for (; sent < 20; sent++) {
        if (!source.write(MEGABYTE)) await new Promise((resolve) => source.once('drain', resolve));
      }
      source.end();
    })();
    for (let i = 0; i < 50; i++) await turn();
    const heldBack = sent;

    const text = await textOf(reader);
    await sending;

    expect(heldBack).toBeLessThan(8);
    expect(text).toHaveLength(20 * MEGABYTE.length);
  });

  it('fails for its readers when the source breaks off, and is not kept', async () => {
    const source = new PassThrough();
    const body = new SharedBody(source, 100);
    const reader = textOf(body.open());
    source.write('one');
    await turn();
    source.destroy(new Error('gone'));

    await expect(reader).rejects.toThrow('gone');
    expect(await body.whole).toBeUndefined();
  });
});
