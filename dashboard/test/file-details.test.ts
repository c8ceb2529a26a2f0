import { describe, expect, it } from 'vitest';
import { copyText } from '../src/asset/copy-text.ts';
import { changeOf, type Draft, rebased } from '../src/asset/details-draft.ts';
import { areaAround, pointOf } from '../src/asset/focal-area.ts';

const draft = (part: Partial<Draft>): Draft => ({ description: 'a', tags: 'one, two', fields: {}, ...part });

describe('a draft', () => {
  it('changes what was written, and nothing else', () => {
    expect(changeOf(draft({}), draft({}))).toBeUndefined();
    expect(changeOf(draft({ description: ' ' }), draft({}))).toEqual({ description: null });
    expect(changeOf(draft({ tags: ' two ,two,' }), draft({}))).toEqual({ tags: ['two'] });
    expect(changeOf(draft({ fields: { b: 2 } }), draft({ fields: { a: 1, b: 1 } }))).toEqual({
      customMetadata: { a: null, b: 2 },
    });
  });

  it('that is put over what somebody else wrote keeps both', () => {
    const mine = draft({ description: 'mine', fields: { a: 1 } });
    const theirs = draft({ description: 'theirs', tags: 'three', fields: { b: 2 } });
    expect(rebased(mine, draft({}), theirs)).toEqual({ description: 'mine', tags: 'three', fields: { a: 1, b: 2 } });
  });
});

describe('a focal point', () => {
  it.each([
    { x: 0, y: 0 },
    { x: 1, y: 1 },
    { x: 0.5, y: 0.25 },
  ])('is an area inside of the picture: %j', (point) => {
    const [x = -1, y = -1, width = 0, height = 0] = areaAround(point, { width: 640, height: 3 }).split(',').map(Number);
    expect([x, y].every((side) => Number.isInteger(side) && side >= 0)).toBe(true);
    expect([x + width <= 640, y + height <= 3, width >= 1, height >= 1]).toEqual([true, true, true, true]);
  });

  it('is found again', () => {
    const customCoordinates = areaAround({ x: 0.3, y: 0.7 }, { width: 1000, height: 1000 });
    expect(pointOf({ width: 1000, height: 1000, customCoordinates })).toEqual({ x: 0.3, y: 0.7 });
    expect(pointOf({ width: 1000, height: 1000, customCoordinates: null })).toBeUndefined();
  });
});

describe('what is copied', () => {
  const file = {
    ...{ url: 'http://media/a%20(b).png?updatedAt=1', filePath: '/a (b).png', name: 'a (b).png', isSigned: false },
    ...{ description: '"quoted" <b> & [x]', width: 700, height: 350 },
  };

  it('is text that the description cannot leave', () => {
    expect(copyText('plain', file)).toBe('http://media/a%20(b).png');
    expect(copyText('markdown', file)).toBe(
      '![\\"quoted\\" <b> & \\[x\\]](http://media/a%20%28b%29.png)'.replaceAll('\\"', '"'),
    );
    expect(copyText('html', file)).toContain('alt="&quot;quoted&quot; &lt;b&gt; &amp; [x]"');
    expect(copyText('html', file)).toContain('?tr=w-640 640w" sizes="100vw" width="700" height="350"');
  });

  it('of a signed URL is the URL as it was signed', () => {
    expect(copyText('plain', { ...file, isSigned: true })).toBe(file.url);
  });
});
