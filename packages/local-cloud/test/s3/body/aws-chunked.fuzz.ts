import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsChunkedDecoder } from '../../../src/s3/body/aws-chunked.ts';

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 });

function encode(payload: readonly Uint8Array[], trailer = ''): Buffer {
  const pieces = payload.flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']);
  return Buffer.concat([...pieces, `0\r\n${trailer}\r\n`].map((piece) => Buffer.from(piece as string)));
}

function decode(wire: Buffer, cuts: readonly number[]): { payload: Buffer; trailers: ReadonlyMap<string, string> } {
  const decoder = new AwsChunkedDecoder();
  const edges = [0, ...cuts.map((cut) => cut % (wire.length + 1)).sort((a, b) => a - b), wire.length];
  const pieces = edges.slice(1).map((edge, index) => wire.subarray(edges[index], edge));
  const payload = Buffer.concat(pieces.flatMap((piece) => decoder.decode(piece)));
  decoder.end();
  return { payload, trailers: decoder.trailers };
}

describe('aws-chunked', () => {
  it('is decoded to the payload and its trailers, wherever the network cuts it', () => {
    fc.assert(
      fc.property(chunks, fc.array(fc.nat(), { maxLength: 8 }), (payload, cuts) => {
        const { payload: decoded, trailers } = decode(encode(payload, 'X-Amz-Checksum-Crc32: abc=\r\n'), cuts);

        expect(decoded.equals(Buffer.concat(payload))).toBe(true);
        expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'abc=']]);
      }),
    );
  });

  it('that ends before the last chunk is refused', () => {
    fc.assert(
      fc.property(chunks, fc.nat(), (payload, cut) => {
        const wire = encode(payload);
        // The empty line behind the last chunk may be missing.
        const early = wire.subarray(0, cut % (wire.length - 4));

        expect(() => decode(early, [])).toThrow();
      }),
    );
  });

  it.each(['x\r\n', '-1\r\n', '5\r\nabcdefgh\r\n', '1\r\nabc', 'fffffffff\r\n', `${'1'.repeat(5000)}`])(
    'that is malformed is refused: %j',
    (wire) => {
      expect(() => decode(Buffer.from(wire), [])).toThrow();
    },
  );

  it('with endless trailers is refused', () => {
    expect(() =>
      decode(
        encode(
          [],
          'a: b\r\n'.repeat(20).replace(/a/g, () => `n${Math.random()}`),
        ),
        [],
      ),
    ).toThrow();
  });
});
