import { describe, expect, it } from 'vitest';
import { layerCorner } from '../../../../lambda/core/plan/geometry/layer-position.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import { plainSteps } from '../arbitrary-steps.ts';

const PARENT = { width: 300, height: 200 };

function corner(items: string, layer = { width: 40, height: 20 }): string {
  const plan = readPlan([['l-image', 'i-a.png', ...items.split(','), 'l-end']]);
  const placement = plainSteps(plan)[0]?.layers?.[0]?.placement ?? {};
  const { left, top } = layerCorner(placement, layer, PARENT);
  return `${left},${top}`;
}

describe('the corner of a layer', () => {
  it.each([
    ['t-false', '130,90'],
    ['lfo-top_left', '0,0'],
    ['lfo-bottom', '130,180'],
    ['lx-10,ly-20', '10,20'],
    ['lx-N10,ly-N20', '250,160'],
    ['ly-N0', '130,180'],
    ['lx-10', '10,90'],
    ['lxc-150,lyc-100', '130,90'],
    ['lxc-N50,ly-5', '230,5'],
    ['lx-10,lxc-200', '10,90'],
    ['lx-10,lfo-bottom_right', '10,90'],
    ['lap-center,lx-0,ly-0', '150,100'],
    ['lap-center,lxc-0,lyc-0', '130,90'],
    ['lap-bottom_right,lx-N60,ly-N30', '240,170'],
    ['lap-bottom,lxc-0,ly-N50', '130,150'],
    ['lx-1000,ly-1000', '260,180'],
    ['lx-N1000,ly-N1000', '0,0'],
    ['lxc-0,lyc-0', '0,0'],
  ])('with %s is %s', (items, expected) => {
    expect(corner(items)).toBe(expected);
  });

  it('of a larger layer lets its middle be seen, or its beginning when it is placed', () => {
    const large = { width: 400, height: 300 };

    expect(corner('t-false', large)).toBe('-50,-50');
    expect(corner('lfo-bottom_right', large)).toBe('-100,-100');
    expect(corner('lx-N20,ly-10', large)).toBe('0,0');
  });
});
