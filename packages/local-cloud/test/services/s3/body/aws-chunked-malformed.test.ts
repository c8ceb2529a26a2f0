import { describe, expect, it } from 'vitest';
import { AwsChunkedDecoder } from '../../../../src/services/s3/body/aws-chunked.ts';

function decode(wire: Buffer): void {
  const decoder = new AwsChunkedDecoder();
  decoder.decode(wire);
  decoder.end();
}

describe('aws-chunked', () => {
  it.each(['x\r\n', '-1\r\n', '5\r\nabcdefgh\r\n', '1\r\nabc', 'fffffffff\r\n', `${'1'.repeat(5000)}`])(
    'that is malformed is refused: %j',
    (wire) => {
      expect(() => decode(Buffer.from(wire))).toThrow();
    },
  );

  it('with endless trailers is refused', () => {
    const trailers = Array.from({ length: 20 }, (_, index) => `n${index}: b\r\n`).join('');

    expect(() => decode(Buffer.from(`0\r\n${trailers}\r\n`))).toThrow();
  });
});
