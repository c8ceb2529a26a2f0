import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import { apiPage } from './api-page.ts';

const page = new URL('../../docs/api.md', import.meta.url);

test('docs/api.md says what the table of operations declares', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, apiPage(API_OPERATIONS));

  expect(readFileSync(page, 'utf8')).toBe(apiPage(API_OPERATIONS));
});
