import { describe, expect, it } from 'vitest';
import { cellAfter } from '../src/browse/grid-keys.ts';

/** Ten cells in rows of four: 0 to 3, 4 to 7, 8 and 9. */
const PLACE = { index: 5, count: 10, columns: 4, page: 2, isRightToLeft: false };

const press = (key: string, more: Partial<typeof PLACE & { ctrlKey: boolean }> = {}) =>
  cellAfter({ key, ctrlKey: more.ctrlKey ?? false, metaKey: false }, { ...PLACE, ...more });

describe('keys of a grid', () => {
  it.each([
    ['ArrowRight', 6],
    ['ArrowLeft', 4],
    ['ArrowDown', 9],
    ['ArrowUp', 1],
    ['Home', 4],
    ['End', 7],
    ['PageDown', 9],
    ['PageUp', 1],
  ])('%s leads from 5 to %i', (key, expected) => {
    expect(press(key)).toBe(expected);
  });

  it('stay in the grid', () => {
    expect(press('ArrowLeft', { index: 0 })).toBe(0);
    expect(press('ArrowUp', { index: 2 })).toBe(2);
    expect(press('ArrowRight', { index: 9 })).toBe(9);
    expect(press('ArrowDown', { index: 7 })).toBe(7);
    expect(press('End', { index: 8 })).toBe(9);
  });

  it('with Ctrl lead to the first and the last', () => {
    expect(press('Home', { ctrlKey: true })).toBe(0);
    expect(press('End', { ctrlKey: true })).toBe(9);
  });

  it('go with the direction of the text', () => {
    expect(press('ArrowRight', { isRightToLeft: true })).toBe(4);
    expect(press('ArrowLeft', { isRightToLeft: true })).toBe(6);
  });

  it('that are others lead nowhere', () => {
    expect(press('x')).toBeUndefined();
    expect(press('Tab')).toBeUndefined();
  });
});
