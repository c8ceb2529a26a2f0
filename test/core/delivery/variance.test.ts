import { expect, it } from 'vitest';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { varianceOf } from '../../../lambda/core/delivery/variance.ts';
import { applyHints } from '../../../lambda/core/request/client-hints.ts';
import { NO_HINTS } from './memory-delivery.ts';

const varianceFor = (query: string, savesData = false) =>
  varianceOf(applyHints(readMediaUrl('/a.jpg', query), NO_HINTS, savesData));

it('names the headers that counted, and no others', () => {
  expect(varianceFor('')).toBe('Accept');
  expect(varianceFor('tr=f-auto')).toBe('Accept');
  expect(varianceFor('tr=f-png')).toBeUndefined();
  expect(varianceFor('tr=orig-true')).toBeUndefined();
  expect(varianceFor('tr=w-auto,f-png')).toBe('Sec-CH-Width');
  expect(varianceFor('tr=w-auto,dpr-auto', true)).toBe('Accept, Sec-CH-DPR, Sec-CH-Width, Save-Data');
});
