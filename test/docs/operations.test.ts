import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationsPage } from '../../lambda/core/transform/operations/document.ts';

const page = new URL('../../docs/operations.md', import.meta.url);

describe('docs/operations.md', () => {
  it('says what the code does', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(page, operationsPage());

    expect(readFileSync(page, 'utf8')).toBe(operationsPage());
  });
});
