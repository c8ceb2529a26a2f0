import { describe, expect, it } from 'vitest';
import { MailedCodes } from '../../../src/services/cognito/mailed-codes.ts';

function codesAt() {
  const clock = { now: 1_000_000 };
  return { clock, codes: new MailedCodes(() => clock.now) };
}

const other = (code: string) => (code === '00000000' ? '11111111' : '00000000');

describe('a mailed code', () => {
  it('is right once, for its own attempt, for three minutes', () => {
    const { clock, codes } = codesAt();
    const code = codes.make('a', 'jo') ?? '';

    expect(code).toMatch(/^\d{8}$/);
    expect(codes.check('b', code)).toBe('over');
    expect(codes.check('a', code)).toBe('right');
    expect(codes.check('a', code)).toBe('over');
    const late = codes.make('a', 'jo') ?? '';
    clock.now += 180_000;
    expect(codes.check('a', late)).toBe('over');
  });

  it('is worth nothing when another one was sent', () => {
    const { codes } = codesAt();
    const first = codes.make('a', 'jo') ?? '';
    const second = codes.make('a', 'jo') ?? '';

    expect(first === second ? 'wrong' : codes.check('a', first)).toBe('wrong');
    expect(codes.check('a', second)).toBe('right');
  });

  it('is over after five wrong ones, and a new attempt gives five more and no others', () => {
    const { clock, codes } = codesAt();
    const tries = (attempt: string, code: string) => Array.from({ length: 6 }, () => codes.check(attempt, other(code)));
    const first = codes.make('a', 'jo') ?? '';

    expect(tries('a', first)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'over', 'over']);
    expect(codes.check('a', first)).toBe('over');
    tries('b', codes.make('b', 'jo') ?? '');
    expect(codes.make('c', 'jo')).toBeUndefined();
    expect(codes.make('c', 'somebody else')).toMatch(/^\d{8}$/);
    clock.now += 900_000;
    expect(codes.make('c', 'jo')).toMatch(/^\d{8}$/);
  });
});
