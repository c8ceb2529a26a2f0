import { expect, it } from 'vitest';
import { SETTINGS_PARTITIONS } from '../../../lambda/contract/backup.ts';
import { describeRecords, LINE_SCHEMA } from '../../../lambda/core/backup/records-description.ts';
import { keepSettings, restoreSettings } from '../../../lambda/core/backup/settings-files.ts';
import { takeSnapshot } from '../../../lambda/core/backup/snapshot.ts';
import { MATCHER_TYPES } from '../../../lambda/core/protection/rules/rule.ts';
import { filesInMemory } from './files-in-memory.ts';

const clock = () => Date.UTC(2026, 10, 29, 3, 30);
const hexId = () => 'ab';

it('a snapshot has files of one kind each, and a manifest with their digests that is written last', async () => {
  const files = filesInMemory();
  const order: string[] = [];
  const write = (key: string, text: string) => {
    order.push(key);
    return files.write(key, text);
  };
  const manifest = await takeSnapshot({
    ...{ files: { ...files, write }, clock, hexId },
    scan: async function* () {
      for (let index = 0; index < 10_001; index++) yield { kind: 'asset', id: `a${index}`, data: { revision: 1 } };
      yield { kind: 'folder', id: 'f', data: { revision: 2 } };
    },
  });

  const folder = 'records/v1/snapshots/2026-11-29T033000/';
  expect(order).toEqual(
    ['asset-0001.jsonl', 'asset-0002.jsonl', 'folder-0001.jsonl', 'manifest.json'].map((name) => `${folder}${name}`),
  );
  expect(manifest.counts).toEqual({ asset: 10_001, folder: 1 });
  expect(JSON.parse(files.text(`${folder}manifest.json`))).toEqual(manifest);
  const [line] = files.lines(`${folder}folder-0001.jsonl`);
  expect(Object.keys(line).sort()).toEqual(Object.keys(LINE_SCHEMA.properties).sort());
});

it('settings go and come back item by item, and what is there stays', async () => {
  const files = filesInMemory();
  const fields = [
    { pk: 'custom-fields', sk: 'field#1' },
    { pk: 'custom-fields', sk: 'field#2' },
  ];
  const read = async (partition: string) => fields.filter(({ pk }) => pk === partition);
  await keepSettings({ files, settings: { read, add: async () => true }, clock, hexId });
  const added: unknown[] = [];
  const add = async (item: Readonly<Record<string, unknown>>) => item.sk !== 'field#1' && added.push(item) > 0;

  expect(await restoreSettings({ files, settings: { read, add } })).toBe(1);
  expect(added).toEqual([fields[1]]);
});

it('settings of a region that was made anew stand beside those of the one before', async () => {
  const files = filesInMemory();
  const keep = (sk: string) => {
    const settings = { read: async (pk: string) => (pk === 'endpoints' ? [{ pk, sk }] : []), add: async () => true };
    return keepSettings({ files, settings, clock, hexId: () => sk });
  };
  await keep('old');
  await files.remove('records/v1/library.json');
  await keep('new');
  const added: unknown[] = [];
  const add = async ({ sk }: Readonly<Record<string, unknown>>) => added.push(sk) > 0;
  await restoreSettings({ files, settings: { read: async () => [], add } });

  expect(added.sort()).toEqual(['new', 'old']);
});

it('only files of partitions that changed are written anew', async () => {
  const files = filesInMemory();
  await keepSettings({ files, settings: { read: async () => [], add: async () => true }, clock, hexId }, [
    'endpoints',
    'people',
  ]);

  expect(files.keys()).toEqual(['records/v1/library.json', 'records/v1/settings/ab/endpoints.json']);
});

it('every kind of access rule is backed up', () => {
  const rules = SETTINGS_PARTITIONS.filter((one) => one.startsWith('access-rules#'));

  expect(rules.map((one) => one.slice('access-rules#'.length))).toEqual(MATCHER_TYPES.toSorted());
});

it('records explain themselves', async () => {
  const files = filesInMemory();
  await describeRecords(files);

  expect(JSON.parse(files.text('records/v1/schema.json'))).toEqual(LINE_SCHEMA);
  expect(files.text('records/v1/README.md')).toContain('the one with the greatest "rev" holds');
});
