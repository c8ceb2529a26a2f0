import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../lambda/core/plan/operations/operation.ts';
import { OPERATIONS } from '../../../../lambda/core/plan/operations/table.ts';
import { workOfStep } from '../../../../lambda/core/plan/operations/work-of-step.ts';
import type { Step } from '../../../../lambda/core/plan/plan.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';

const workOf = (...items: string[]) => workOfStep((readPlan([items]).steps[0] ?? {}) as Step);

describe('the work of a step', () => {
  it.each([
    ['nothing', [], 0, 0],
    ['a size', ['w-100', 'h-100'], 0, 0],
    ['one loop', ['r-max'], 1, 0],
    ['all loops', ['t-10', 'e-distort-a-120', 'cr-FF0000', 'e-colorize', 'r-5', 'e-shadow', 'e-gradient'], 7, 0],
    ['a quarter turn, which libvips makes', ['rt-90'], 0, 0],
    ['another turn', ['rt-20'], 1, 0],
    ['a blur, whose number is twice its radius', ['bl-10'], 0, 5],
    ['an unsharp mask', ['e-usm-2-3-0.8-0.024'], 0, 3],
    ['a layer', ['l-image', 'i-a.png', 'l-end'], 0, 4],
    ['a layer that displaces', ['l-image', 'i-a.png', 'lm-displace', 'l-end'], 1, 4],
    ['a layer’s own steps not', ['l-image', 'i-a.png', 'bl-10', 'r-max', 'l-end'], 0, 4],
  ])('is that of its operations: %s', (_, items, loops, blurRadius) => {
    expect(workOf(...items)).toEqual({ loops, blurRadius });
  });

  it('cannot be forgotten by an operation', () => {
    const { cost: _forgotten, ...record } = OPERATIONS[0] as Operation;
    // @ts-expect-error the type demands the cost
    const operation: Operation = record;

    expect(operation).toBeDefined();
  });
});
