import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { fromImgix } from '../../../lambda/core/rewriters/imgix.ts';

/** ImageKit, "Imgix URL rewriter", example translations. */
const EXAMPLES = [
  ['w=100&h=100', 'w-100,h-100'],
  ['ar=2:3&w=90&fit=crop', 'w-90,ar-2-3'],
  ['ar=2%3A3&h=90&fit=max', 'h-90,ar-2-3,c-at_max'],
  ['crop=top', 'fo-top'],
  ['crop=top,left', 'fo-top_left'],
  ['crop=left,top', 'fo-top_left'],
  ['crop=right%2Cbottom', 'fo-bottom_right'],
  ['crop=faces', 'fo-auto'],
  ['fit=clip', 'c-at_max_enlarge'],
  ['fit=fill', 'cm-pad_resize'],
  ['fit=fillmax', 'cm-pad_resize'],
  ['fit=max', 'c-at_max'],
  ['fit=scale', 'c-force'],
  ['fit=facearea', 'fo-face'],
  ['fm=jp2', 'f-jpg'],
  ['fm=png8', 'f-png'],
  ['fm=avif', 'f-avif'],
  ['q=60', 'q-60'],
  ['orient=6', 'rt-90'],
  ['orient=8', 'rt-270'],
  ['orient=180', 'rt-180'],
  ['fill-color=BLUE', 'bg-blue'],
  ['fill-color=A9AAAA54', 'bg-AAAA5466'],
  ['bg=B4F', 'bg-BB44FF'],
  ['bg=9B4F', 'bg-BB44FF60'],
  ['bg=FFAAAA54', 'bg-AAAA54'],
  ['dpr=3.0', 'dpr-3.0'],
  ['sharp=10', 'e-sharpen-200'],
  ['sharp=100', 'e-sharpen-2000'],
  ['con=30', 'e-contrast'],
  ['con=-50', 'e-contrast'],
  ['usm=40', 'e-usm-2.5-8.00-1-0.05'],
  ['usm=-50&usmrad=2', 'e-usm-2-0.00-1-0.05'],
  ['blur=100', 'bl-5.00'],
  ['blur=90', 'bl-4.50'],
  ['trim=auto', 't-true'],
  ['trim=color', 't-true'],
  ['h=100&w=invalid&blur=100', 'h-100,bl-5.00'],
] as const;

describe('imgix’s parameters in our words', () => {
  it.each(EXAMPLES)('%s is %s, as ImageKit documents it', (theirs, ours) => {
    expect(readPlan(fromImgix(theirs).steps)).toEqual(readPlan([ours.split(',')]));
  });

  it('a fit that crops and no contrast are nothing', () => {
    expect(fromImgix('fit=crop&con=0')).toEqual({ steps: [[]], dropped: [] });
  });

  it('leaves out what has no valid value, and tells it', () => {
    const items = ['ar=2:3', 'crop=entropy', 'fit=toString', 'fm=json', 'orient=2', 'blur=x', 'trim=%ff', 'usmrad=2'];

    const { steps, dropped } = fromImgix(items.join('&'));

    expect(steps).toEqual([[]]);
    expect([...dropped].sort()).toEqual([...items.slice(0, 6), 'trim=', 'usmrad=2'].sort());
  });

  it('the colour of the fill counts before that of the background', () => {
    expect(readPlan(fromImgix('bg=red&fill-color=blue').steps)).toEqual(readPlan([['bg-blue']]));
  });
});
