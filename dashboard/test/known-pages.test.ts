import { describe, expect, it } from 'vitest';
import { countOf, goesOn, type KnownPages, NO_PAGES, notePage, pageAt, pagesNear } from '../src/browse/known-pages.ts';

const LENGTH = 200;

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `id${from + index}`);

/** A list of as many whole parts, after which more come or none. */
function listOf(parts: number, more = false): KnownPages {
  return Array.from({ length: parts }, (_, number) => number).reduce<KnownPages>(
    (pages, number) =>
      notePage(pages, {
        from: number === 0 ? undefined : `cursor${number}`,
        fileIds: ids(number * LENGTH, (number + 1) * LENGTH),
        next: number === parts - 1 && !more ? undefined : `cursor${number + 1}`,
      }),
    NO_PAGES,
  );
}

/** Somebody looks at one place, where the keys are, too. */
const seenAt = (position: number) => ({ first: position, last: position + 50, active: position });

describe('the parts of a list', () => {
  it('grow from the beginning to the end', () => {
    expect([countOf(NO_PAGES), goesOn(NO_PAGES)]).toEqual([0, true]);
    expect([countOf(listOf(3, true)), goesOn(listOf(3, true))]).toEqual([600, true]);
    expect([countOf(listOf(3)), goesOn(listOf(3))]).toEqual([600, false]);
    expect([pageAt(listOf(3), 199), pageAt(listOf(3), 200), pageAt(listOf(3), 600)]).toEqual([0, 1, -1]);
  });

  it('that are wanted are few in a list of any length, and near what is seen', () => {
    const pages = listOf(5000, true);
    expect(pagesNear(pages, seenAt(500_000))).toEqual([2499, 2500, 2501]);
    expect(pagesNear(pages, seenAt(0))).toEqual([0, 1]);
    expect(pagesNear(pages, { ...seenAt(500_000), active: 3 })).toEqual([0, 2499, 2500, 2501]);
    expect(pagesNear(pages, seenAt(999_900))).toEqual([4998, 4999, 5000]);
  });

  it('are the same object when the same comes once more', () => {
    const pages = listOf(3);
    expect(notePage(pages, { from: 'cursor1', fileIds: ids(200, 400), next: 'cursor2' })).toBe(pages);
    expect(notePage(pages, { from: 'cursor2', fileIds: ids(400, 600), next: undefined })).toBe(pages);
    expect(notePage(pages, { from: 'other', fileIds: ids(0, 200), next: undefined })).toBe(pages);
  });
});

describe('when files went', () => {
  it('a part becomes shorter, and those after it stay', () => {
    const pages = notePage(listOf(4), { from: 'cursor1', fileIds: ids(210, 410), next: 'other' });
    expect(pages.map(({ start, length }) => [start, length])).toEqual([
      ...[
        [0, 200],
        [200, 190],
        [390, 200],
        [590, 200],
      ],
    ]);
  });

  it('with the beginning of the next part, what follows is found anew', () => {
    const pages = notePage(listOf(4), {
      from: 'cursor1',
      fileIds: [...ids(200, 390), ...ids(405, 415)],
      next: 'other',
    });
    expect(pages.map(({ from, length }) => [from, length])).toEqual([
      ...[
        [undefined, 200],
        ['cursor1', 200],
        ['other', undefined],
      ],
    ]);
  });

  it('and all after them, the list ends there', () => {
    const pages = notePage(listOf(4), { from: 'cursor1', fileIds: ids(200, 220), next: undefined });
    expect([countOf(pages), goesOn(pages)]).toEqual([220, false]);
  });

  it('and nothing is left where somebody looks, the list begins anew', () => {
    expect(notePage(listOf(4), { from: 'cursor2', fileIds: [], next: undefined })).toBe(NO_PAGES);
  });
});

it('when files came, what follows is found anew', () => {
  const pages = notePage(listOf(3), { from: undefined, fileIds: ['new', ...ids(0, 199)], next: 'other' });
  expect(pages.map(({ from, length }) => [from, length])).toEqual([
    ...[
      [undefined, 200],
      ['other', undefined],
    ],
  ]);
});
