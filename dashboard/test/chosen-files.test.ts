import { expect, it } from 'vitest';
import { FileCollector, filesWithout, idsOf, theseFiles } from '../src/select/chosen-files.ts';
import type { SelectedFile } from '../src/select/selected-file.ts';

const file = (fileId: string, given: Partial<SelectedFile> = {}): SelectedFile => ({
  ...{ fileId, name: `${fileId}.jpg`, filePath: `/${fileId}.jpg`, tags: null, size: 10 },
  ...{ isPrivateFile: false, isPublished: true },
  ...given,
});

it('files that were gathered in parts are told of as if they were at hand', async () => {
  const [one, other, third] = [file('a', { tags: ['x', 'y'] }), file('b', { tags: ['x'] }), file('c')];
  const gathered = new FileCollector();
  gathered.add([one, other]);
  gathered.add([third]);
  const { parts, ...told } = gathered.files();
  const { parts: _, ...atHand } = theseFiles([one, other, third]);

  expect(told).toEqual(atHand);
  expect(told).toMatchObject({ count: 3, bytes: 30, sample: [one, other, third] });
  expect([...told.tags]).toEqual([
    ['x', 2],
    ['y', 1],
  ]);
  const read = [];
  for await (const part of parts()) read.push(part);
  expect(read).toEqual([[one, other], [third]]);
});

it('the states are those that at least one file has', () => {
  const states = (...files: SelectedFile[]) => [...theseFiles(files).states].sort();

  expect(states(file('a'))).toEqual(['public', 'published']);
  expect(states(file('a'), file('b', { isPrivateFile: true, isPublished: false }))).toEqual([
    ...['draft', 'private', 'public', 'published'],
  ]);
});

it('files that are left out are in no part', async () => {
  const [one, other, third] = [file('a'), file('b'), file('c')];
  const all = theseFiles([one, other, third]);
  const some = filesWithout(all, new Map([['b', other]]));

  expect([some.count, some.bytes, some.sample]).toEqual([2, 20, [one, third]]);
  expect(await idsOf(some)).toEqual(['a', 'c']);
  expect(filesWithout(all, new Map())).toBe(all);
});
