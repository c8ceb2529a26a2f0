import fc from 'fast-check';
import { expect } from 'vitest';
import { AwsChunkedDecoder } from '../packages/local-cloud/src/services/s3/body/aws-chunked.ts';
import { checkProperty } from './check-property.ts';
import type { Proof } from './proof.ts';

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

/** The framing in which SDKs send bodies to S3. */
export const AWS_CHUNKED: Proof<{ bodies: number; cut: number }> = {
  name: 'aws-chunked',
  sentence: 'A body in aws-chunked framing is decoded wherever the network cuts it, and refused when it ends early.',
  small: { bodies: 100, cut: 100 },
  full: { bodies: 200_000, cut: 200_000 },
  async run({ bodies, cut }, seed, report) {
    const counts = { 'bodies decoded': 0, 'cut bodies refused': 0 };
    const decoded = fc.property(chunks, fc.array(fc.nat(), { maxLength: 8 }), (payload, cuts) => {
      const { payload: read, trailers } = decode(encode(payload, 'X-Amz-Checksum-Crc32: abc=\r\n'), cuts);
      expect(read.equals(Buffer.concat(payload))).toBe(true);
      expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'abc=']]);
      report(`${++counts['bodies decoded']} of ${bodies} bodies`);
    });
    await checkProperty('a body is decoded wherever it is cut', decoded, { runs: bodies, seed });

    const refused = fc.property(chunks, fc.nat(), (payload, at) => {
      const wire = encode(payload);
      // The empty line behind the last chunk may be missing.
      const early = wire.subarray(0, at % (wire.length - 4));
      expect(() => decode(early, [])).toThrow();
      report(`${++counts['cut bodies refused']} of ${cut} cut bodies`);
    });
    await checkProperty('a body that ends before its last chunk is refused', refused, { runs: cut, seed });
    return counts;
  },
};
