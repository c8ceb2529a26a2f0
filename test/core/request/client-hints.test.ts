import { describe, expect, it } from 'vitest';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { applyHints, parseHints, readHints, writeHints } from '../../../lambda/core/request/client-hints.ts';

const hintsIn = (headers: Record<string, string>) => readHints((name) => headers[name] ?? '');
const applied = (tr: string, headers: Record<string, string>, saves = false) =>
  applyHints(readMediaUrl('/a.jpg', `tr=${tr}`), hintsIn(headers), saves);

describe('client hints', () => {
  it('round widths up to the next hundred and bound ratios', () => {
    expect(hintsIn({ 'sec-ch-width': '212', 'sec-ch-dpr': '2' })).toEqual({ width: 300, dpr: 2, saveData: false });
    expect(hintsIn({ 'sec-ch-width': '400', 'sec-ch-dpr': '1.333333' })).toMatchObject({ width: 400, dpr: 0 });
    expect(hintsIn({ 'sec-ch-width': '99999', 'sec-ch-dpr': '12' })).toMatchObject({ width: 8192, dpr: 5 });
    expect(hintsIn({ 'sec-ch-width': '-5', 'sec-ch-dpr': '1e3', 'save-data': 'On' })).toEqual({
      width: 0,
      dpr: 0,
      saveData: true,
    });
  });

  it('put what the client says in the place of auto', () => {
    const both = { 'sec-ch-width': '212', 'sec-ch-dpr': '2' };

    expect(applied('w-auto,h-9', both)).toMatchObject({ steps: [['h-9', 'w-300']], varies: 'w' });
    expect(applied('w-200,dpr-auto', both)).toMatchObject({ steps: [['dpr-2', 'w-200']], varies: 'd' });
    expect(applied('w-auto,dpr-auto', both)).toMatchObject({ steps: [['w-300']], varies: 'dw' });
    expect(applied('w-auto,dpr-auto', { 'sec-ch-dpr': '3' })).toMatchObject({ steps: [['dpr-3']], varies: 'dw' });
    expect(applied('w-auto:rt-90', {})).toMatchObject({ steps: [['rt-90']], varies: 'w' });
  });

  it('change nothing about other URLs', () => {
    expect(applied('w-300', { 'sec-ch-width': '212', 'save-data': 'on' }).varies).toBeUndefined();
  });

  it('tell of saving only where the endpoint allows it', () => {
    expect(applied('w-300', { 'save-data': 'on' }, true)).toMatchObject({ varies: 's', saves: true });
    expect(applied('w-300', {}, true)).toMatchObject({ varies: 's', saves: false });
    expect(applied('orig-true', { 'save-data': 'on' }, true).varies).toBeUndefined();
  });

  it('travel as they are', () => {
    for (const hints of [
      { width: 400, dpr: 1.25, saveData: true },
      { width: 0, dpr: 0, saveData: false },
    ]) {
      expect(parseHints(writeHints(hints))).toEqual(hints);
    }
    expect(parseHints('x_y')).toEqual({ width: 0, dpr: 0, saveData: false });
  });
});
