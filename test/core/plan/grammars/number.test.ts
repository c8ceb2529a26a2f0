import { describe, expect, it } from 'vitest';
import type { NumberBounds } from '../../../../lambda/core/plan/grammars/number.ts';
import { numberBetween, readNumber } from '../../../../lambda/core/plan/grammars/number.ts';

function read(text: string, bounds: Partial<NumberBounds> = {}) {
  const reading = numberBetween({ minimum: -10, maximum: 10, decimals: 2, ...bounds }).parse(text);
  return reading.kind === 'value' ? reading.value : reading.kind;
}

describe('a number', () => {
  it('may have decimals, and N or a dash for minus', () => {
    expect(['7', '07', '2.5', '.5', '3.', 'N4', '-4', 'N.5'].map(readNumber)).toEqual([
      7, 7, 2.5, 0.5, 3, -4, -4, -0.5,
    ]);
  });

  it.each(['', ' ', ' 1', '1 ', '+1', '1e2', '0x1', '1.2.3', '--1', 'NN1', 'N', '.', 'Infinity', 'NaN', '1_000', '٣'])(
    'is not "%s"',
    (text) => {
      expect(readNumber(text)).toBeUndefined();
    },
  );

  it('keeps the decimals that count and never becomes minus zero', () => {
    expect(read('1.239')).toBe(1.24);
    expect(Object.is(read('N0'), 0)).toBe(true);
    expect(Object.is(read('N0.001'), 0)).toBe(true);
  });

  it('holds its bounds, however many digits there are', () => {
    expect(['N10', '10', '10.01', 'N11', '9'.repeat(400)].map((text) => read(text))).toEqual([
      -10,
      10,
      'fault',
      'fault',
      'fault',
    ]);
  });

  it('refuses or rounds decimals where whole numbers are meant', () => {
    expect(read('2.5', { decimals: 0 })).toBe('fault');
    expect(read('2.0', { decimals: 0 })).toBe(2);
    expect(read('2.5', { decimals: 0, rounds: true })).toBe(3);
  });

  it('says its bounds as they are written', () => {
    expect(numberBetween({ minimum: -10, maximum: 10, decimals: 0, unit: 'pixels' }).expected).toBe(
      'a whole number of pixels from N10 to 10',
    );
  });
});
