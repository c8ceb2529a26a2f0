import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphOf } from './import-graph.ts';
import { ROOT } from './sources.ts';

const users = [...graphOf('lambda')].filter(([, imports]) => imports.includes('zod')).map(([file]) => file);

/** `import { z }` brings all of zod into the bundle, with the messages of fifty languages: 350 KB that every start pays for. */
const isWhole = (text: string): boolean => /import (type )?(?!type \*|\*)[^;]* from 'zod'/.test(text);

describe('zod', () => {
  it('is imported as a namespace, of which bundles hold what is used', () => {
    expect(users.filter((file) => isWhole(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('would be seen to be imported whole', () => {
    expect(isWhole("import { z } from 'zod';")).toBe(true);
    expect(isWhole("import z from 'zod';")).toBe(true);
    expect(isWhole("import * as z from 'zod';\nimport type * as t from 'zod';")).toBe(false);
  });

  it('is the API’s alone', () => {
    expect(users.length).toBeGreaterThan(10);
    expect(users.filter((file) => !file.startsWith('lambda/api/'))).toEqual([]);
  });
});
