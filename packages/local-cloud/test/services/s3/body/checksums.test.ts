import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUM_ALGORITHMS, startChecksum } from '../../../../src/services/s3/body/checksums.ts';

/** Published check values: the checksum of '123456789'. */
const CHECK = {
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  CRC64NVME: 'ae8b14860a799888',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
};

describe.each(CHECKSUM_ALGORITHMS)('%s', (algorithm) => {
  const digest = (...pieces: (string | Uint8Array)[]) => {
    const running = startChecksum(algorithm);
    for (const piece of pieces) running.update(Buffer.from(piece as string));
    return running.digest().toString('hex');
  };

  it('has its published check value', () => {
    expect(digest('123456789')).toBe(CHECK[algorithm]);
  });

  it('is the same for the whole and for its pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 200 }), (bytes, cut) => {
        expect(digest(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(digest(bytes));
      }),
    );
  });
});
