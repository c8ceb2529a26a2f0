import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFrames, writeFrame } from '../../../../lambda/core/render/isolated/frames.ts';

/** Everything that was written to a stream, in one piece. */
function written(frames: readonly (readonly [object, Uint8Array])[]): Buffer {
  const stream = new PassThrough({ highWaterMark: 1e9 });
  for (const [message, bytes] of frames) writeFrame(stream, message, bytes);
  return (stream.read() as Buffer | null) ?? Buffer.alloc(0);
}

/** What is read when the bytes come in pieces of a length. */
function read(bytes: Buffer, piece: number, maximum = 1e6): { frames: [object, Buffer][]; broken: number } {
  const stream = new PassThrough();
  const result = { frames: [] as [object, Buffer][], broken: 0 };
  readFrames<object>(
    stream,
    maximum,
    (message, body) => result.frames.push([message, body]),
    () => result.broken++,
  );
  for (let at = 0; at < bytes.length; at += piece) stream.emit('data', bytes.subarray(at, at + piece));
  return result;
}

test('frames arrive as they were sent, in whatever pieces', () => {
  const frame = fc.tuple(fc.record({ kind: fc.string(), n: fc.integer() }), fc.uint8Array({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (frames, piece) => {
      expect(read(written(frames), piece)).toEqual({
        frames: frames.map(([message, bytes]) => [message, Buffer.from(bytes)]),
        broken: 0,
      });
    }),
  );
});

test.each([
  ['larger than agreed', written([[{ kind: 'done' }, Buffer.alloc(2000)]])],
  ['of a length that nobody has', Buffer.from('ffffffffffffffff', 'hex')],
  ['no JSON', Buffer.from('0300000000000000616263', 'hex')],
])('a frame that is %s ends the reading', (_, bytes) => {
  expect(read(bytes, 7, 1000)).toEqual({ frames: [], broken: 1 });
});
