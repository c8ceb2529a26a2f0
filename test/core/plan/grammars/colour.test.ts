import { describe, expect, it } from 'vitest';
import { colour } from '../../../../lambda/core/plan/grammars/colour.ts';
import { COLOUR_NAMES } from '../../../../lambda/core/plan/grammars/colour-names.ts';

function read(text: string) {
  const reading = colour.parse(text);
  return reading.kind === 'value' ? reading.value : reading.kind;
}

describe('a colour', () => {
  it.each(['FF8000', 'ff8000', '#FF8000', '#ff8000'])('reads %s', (text) => {
    expect(read(text)).toEqual({ r: 255, g: 128, b: 0, alpha: 1 });
  });

  it('reads three digits as doubled ones', () => {
    expect(read('#0f8')).toEqual({ r: 0, g: 255, b: 136, alpha: 1 });
  });

  it.each([
    ['50', 0.5],
    ['00', 0],
    ['99', 0.99],
    ['8F', 0.08],
    ['0A', 0],
    ['A0', 160 / 255],
    ['FF', 1],
  ])('reads the alpha %s as %f: decimal percent, or hexadecimal when it begins with a letter', (digits, alpha) => {
    expect(read(`102030${digits}`)).toEqual({ r: 16, g: 32, b: 48, alpha });
  });

  it('reads CSS names in any case', () => {
    expect(read('RebeccaPurple')).toEqual({ r: 102, g: 51, b: 153, alpha: 1 });
    expect(read('transparent')).toMatchObject({ alpha: 0 });
    expect([...COLOUR_NAMES]).toHaveLength(148);
    for (const name of COLOUR_NAMES.keys()) expect(read(name), name).toMatchObject({ alpha: 1 });
  });

  it.each(['', '#', 'FF', 'FFFF', 'FFFFF', 'FFFFFFF', 'FFFFFFFFF', 'GG0000', '##FF0000', 'red ', 'rgb(1,2,3)'])(
    'refuses "%s"',
    (text) => {
      expect(read(text)).toBe('fault');
    },
  );

  it('writes the shortest form that keeps the alpha', () => {
    expect(
      ['red', 'FF000000', '12345650', '123456A0', '123456CC', '123456FF'].map((text) =>
        colour.format(read(text) as never),
      ),
    ).toEqual(['FF0000', 'FF000000', '12345650', '123456A0', '12345680', '123456']);
  });

  it('keeps every alpha that a URL can have', () => {
    for (let alpha = 0; alpha < 256; alpha++) {
      const value = read(`abcdef${alpha.toString(16).padStart(2, '0')}`);

      expect(read(colour.format(value as never))).toEqual(value);
    }
  });
});
