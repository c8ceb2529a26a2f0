import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';

/** As a URL's one step that is written so. */
const plan = (step: string) => readPlan([step.split(',')]);

describe('what people write', () => {
  it.each([
    ['e-contrast-1', 'e-contrast-true'],
    ['e-contrast-0', 'e-contrast-false'],
    ['e-grayscale-1', 'e-grayscale'],
    ['pr-1', 'pr-true'],
    ['pr-0', 'pr-false'],
    ['lo-1', 'lo-true'],
    ['md-1', 'md-true'],
    ['cp-0', 'cp-false'],
    ['orig-1', 'orig-true'],
    ['w-50 ', 'w-50'],
    ['w- 50', 'w-50'],
    [' w-50, h-20 ', 'w-50,h-20'],
    ['f-webp ', 'f-webp'],
    ['w-iw_div_2 ', 'w-iw_div_2'],
    ['cm-resize', ''],
    ['c-resize,w-5', 'w-5'],
    ['cm-extract,cm-resize,w-5', 'w-5'],
    ['cm-resize,c-force,w-5', 'c-force,w-5'],
  ])('%s means %s', (written, meant) => {
    expect(plan(written)).toEqual(plan(meant));
    expect(plan(written).ignored).toEqual([]);
  });

  it.each(['e-contrast-2', 'pr-yes', 'lo-01', 'md-TRUE', 'e-grayscale-10'])('%s is no flag', (written) => {
    expect(() => plan(written)).toThrow(/true or false/);
  });
});
