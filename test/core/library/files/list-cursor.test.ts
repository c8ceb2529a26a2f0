import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCursor, sealCursor } from '../../../../lambda/core/library/files/list-cursor.ts';

const USE = { callerId: 'k1', filter: '{"path":"/a"}' };
const CURSOR = { value: '2026-01-01T00:00:00.000Z', assetId: 'a'.repeat(24) };
const KEY = 'private_test';
const sealed = sealCursor(CURSOR, USE, KEY);

const refused = (text: string, use = USE, key = KEY) =>
  expect(() => openCursor(text, use, key)).toThrow(expect.objectContaining({ code: 'file.invalid', status: 400 }));

describe('a cursor', () => {
  it.each([CURSOR, { value: 5, assetId: 'x' }, { value: 'größe.txt', assetId: 'y' }])(
    'opens as it was sealed: %j',
    (one) => {
      expect(openCursor(sealCursor(one, USE, KEY), USE, KEY)).toEqual(one);
    },
  );

  it('is nothing for another caller, another list or another deployment', () => {
    refused(sealed, { ...USE, callerId: 'k2' });
    refused(sealed, { ...USE, filter: '{"path":"/b"}' });
    refused(sealed, USE, 'private_other');
  });

  it('is refused when it was edited, whatever it has become', () => {
    const body = sealed.split('.')[0];
    // As many characters as a seal has, and more bytes.
    refused(`${body}.${'é'.repeat(43)}`);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void refused(text)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (seal) => void refused(`${body}.${seal}`)));
  });
});
