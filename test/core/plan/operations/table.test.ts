import ImageKit from '@imagekit/nodejs';
import { describe, expect, it } from 'vitest';
import { formatPlan } from '../../../../lambda/core/plan/format-plan.ts';
import { readItem, writeItem } from '../../../../lambda/core/plan/item.ts';
import { OPERATIONS, operationOf } from '../../../../lambda/core/plan/operations/table.ts';
import { UNSUPPORTED_OPERATIONS, unsupportedOf } from '../../../../lambda/core/plan/operations/unsupported.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';

describe('the table of operations', () => {
  it('has every key once, and none that is told to come later', () => {
    const keys = [...OPERATIONS, ...UNSUPPORTED_OPERATIONS].flatMap((entry) => [...entry.keys]);

    expect(new Set(keys).size).toBe(keys.length);
    for (const { keys: own } of OPERATIONS) for (const key of own) expect(unsupportedOf(key), key).toBeUndefined();
  });

  it('has every name, member and SDK name once', () => {
    for (const names of [
      OPERATIONS.map(({ name }) => name),
      OPERATIONS.map(({ meaning }) => meaning.member),
      OPERATIONS.flatMap(({ sdkNames }) => [...sdkNames]),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
    '%s has samples that are read and written back',
    (_name, { keys, meaning }) => {
      expect(meaning.samples.length).toBeGreaterThan(0);
      for (const text of meaning.samples) {
        const plan = readPlan([[writeItem(keys[0], text)]]);

        expect(plan.ignored, text).toEqual([]);
        expect(readPlan(formatPlan(plan)), text).toEqual(plan);
      }
    },
  );

  it.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
    '%s has an example in canonical form that does something, and a sentence',
    (_name, { example, keys, sentence }) => {
      expect(formatPlan(readPlan([[example]]))).toEqual([[example]]);
      expect(operationOf(readItem(example).key)?.keys).toEqual(keys);
      expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
    },
  );

  it.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
    '%s is what the official SDK makes of its option',
    (_name, { example, sdkNames }) => {
      const sdk = new ImageKit({ privateKey: 'private_test' });
      const { text } = readItem(example);
      const option = { [sdkNames[0]]: text === 'true' ? true : text };

      const written = sdk.helper.buildTransformationString([option]);

      expect(readPlan([written.split(',')])).toEqual(readPlan([[example]]));
    },
  );
});
