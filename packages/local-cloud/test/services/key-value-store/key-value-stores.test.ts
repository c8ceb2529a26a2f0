import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { KeyValueStores } from '../../../src/services/key-value-store/key-value-stores.ts';
import { WafStore } from '../../../src/services/waf/waf-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'stores-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('what was changed outlives a start, and is not imported over', async () => {
  const file = join(folder, 'kvs.json');
  const first = await KeyValueStores.open(file);
  await first.declare('arn', new Map([['a', '1']]));
  const imported = first.get('arn');
  await first.replace('arn', new Map([['b', '2']]));

  const second = await KeyValueStores.open(file);
  await second.declare('arn', new Map([['a', '1']]));

  expect(imported).not.toBe(first.get('arn'));
  expect(second.get('arn')).toEqual(new Map([['b', '2']]));
  await expect(second.replace('arn', new Map([['', 'x']]))).rejects.toThrow('1 to 512 characters');
  expect(second.get('arn')).toEqual(new Map([['b', '2']]));
});

it('rules and IP sets of the API outlive a start', async () => {
  const file = join(folder, 'waf.json');
  const arn = 'arn:aws:wafv2:us-east-1:000000000000:global/rulegroup/rules/1';
  const first = await WafStore.open(file);
  first.declare('ruleGroups', arn, { Capacity: 50 });
  const group = first.find('ruleGroups', 'rules', '1');
  if (!group) throw new Error('not declared');
  await first.put('ruleGroups', { ...group, properties: { ...group.properties, Rules: ['kept'] } });

  const second = await WafStore.open(file);
  second.declare('ruleGroups', arn, { Capacity: 50 });

  expect(second.get('ruleGroups', arn)).toEqual({ Capacity: 50, Rules: ['kept'] });
});
