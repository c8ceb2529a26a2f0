import { describe, expect, it } from 'vitest';
import { readSeal, type Seal, sealHash, sealText } from '../../../lambda/core/audit/seal.ts';

const HASH = 'ab'.repeat(32);
const SEAL: Seal = {
  number: 7,
  at: '2026-11-29T12:00:00.000Z',
  previous: HASH,
  heads: [
    { chain: '2026-00', sequence: 12, hash: HASH },
    { chain: '2026-63', sequence: 1, hash: HASH },
  ],
};

describe('the text of a seal', () => {
  it('is what others were told that it is', () => {
    expect(sealText(SEAL)).toBe(
      `vitrine-seal-1\n7\n2026-11-29T12:00:00.000Z\n${HASH}\n2026-00 12 ${HASH}\n2026-63 1 ${HASH}\n`,
    );
    expect(sealText({ ...SEAL, previous: '', heads: [] })).toBe('vitrine-seal-1\n7\n2026-11-29T12:00:00.000Z\n\n');
  });

  it('is read back', () => {
    expect(readSeal(sealText(SEAL))).toEqual(SEAL);
    expect(readSeal(sealText({ ...SEAL, heads: [] }))).toEqual({ ...SEAL, heads: [] });
  });

  it.each([
    ['another domain', sealText(SEAL).replace('seal-1', 'seal-2')],
    ['a line that is no end of a chain', sealText(SEAL).replace('2026-63 1 ', '2026-63 01 ')],
    ['a cut line', sealText(SEAL).slice(0, -2)],
    ['more after the end', `${sealText(SEAL)}x`],
    ['nothing', ''],
  ])('with %s is none', (_, text) => {
    expect(readSeal(text)).toBeUndefined();
  });

  it('has a hash that the next one names', () => {
    expect(sealHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
