import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { ALL_OPERATIONS } from '../../lambda/core/plan/operations/table.ts';
import { canonicalText } from '../../lambda/core/request/canonical-url.ts';
import { maxColourDistance, shown } from '../images/compare.ts';
import type { ExamplePicture } from './example-pictures.ts';
import { drawExample } from './example-pictures.ts';
import { exampleOf, furtherExamples } from './operation-examples.ts';
import { OTHER_FORMS, QUERY_ITEMS, TRANSFORMED_FORMS } from './url-forms.ts';
import { urlsPage } from './urls-page.ts';

const page = new URL('../../docs/urls.md', import.meta.url);
const folder = new URL('../../docs/examples/', import.meta.url);

const LARGEST_PICTURE = 12_000;

const examples = ALL_OPERATIONS.flatMap((operation) => [exampleOf(operation), ...furtherExamples(operation)]);
const drawn = new Map<string, ExamplePicture>();
for (const example of examples) drawn.set(example.name, await drawExample(example));
const text = urlsPage(new Map([...drawn].map(([name, { fileName }]) => [name, fileName])));

if (process.env.UPDATE_DOCS) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { fileName, bytes } of drawn.values()) writeFileSync(new URL(fileName, folder), bytes);
  writeFileSync(page, text);
}

const canonical = (url: string) => {
  const [path = '', query = ''] = url.split('?');
  const read = readMediaUrl(path, query);
  return { asset: read.assetPath, text: canonicalText(read) };
};

describe('docs/urls.md', () => {
  it('says what the code does', () => {
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('has an example for every operation, each named once, and no other picture', () => {
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
    expect(readdirSync(folder).sort()).toEqual([...drawn.values()].map(({ fileName }) => fileName).sort());
  });

  it('shows what the engine makes, in small files', async () => {
    for (const { fileName, bytes } of drawn.values()) {
      const kept = readFileSync(new URL(fileName, folder));
      expect(kept.byteLength, fileName).toBeLessThanOrEqual(LARGEST_PICTURE);
      expect(maxColourDistance(await shown(kept), await shown(bytes)), fileName).toBeLessThanOrEqual(12);
    }
  });

  it('writes forms that are one picture when it says so', () => {
    const [first, ...others] = TRANSFORMED_FORMS.filter(({ isSame }) => isSame).map(({ form }) => canonical(form));

    expect(others).toHaveLength(7);
    for (const other of others) expect(other).toEqual(first);
    for (const { form } of TRANSFORMED_FORMS.filter(({ isSame }) => !isSame))
      expect(canonical(form)).not.toEqual(first);
  });

  it('writes forms that are read', () => {
    for (const { form } of OTHER_FORMS) expect(canonical(form).asset).toMatch(/photo\.jpg$/);
    for (const { form } of QUERY_ITEMS)
      expect(canonical(`/folder/photo.jpg?${encodeURI(form)}`).asset).toBe('/folder/photo.jpg');
  });
});
