import { expect, test } from 'vitest';
import { knownPolicies } from '../../../../lambda/core/library/path-policies/known-policies.ts';

test('policies are read once in five seconds', async () => {
  let [now, reads] = [0, 0];
  const policiesOf = knownPolicies({ read: async () => ({ version: ++reads, policies: [] }) }, () => now);
  const readsAfter = async (moment: number) => {
    now = moment;
    await policiesOf();
    return reads;
  };

  expect([await readsAfter(0), await readsAfter(4_999), await readsAfter(5_000)]).toEqual([1, 1, 2]);
});
