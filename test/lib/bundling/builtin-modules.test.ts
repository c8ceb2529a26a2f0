import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutBuiltinImports } from '../../../lib/bundling/builtin-modules.ts';

test.each([
  [
    'import{createHash as h,createHmac}from"node:crypto";f()',
    'const {createHash:h,createHmac}=process.getBuiltinModule("node:crypto");f()',
  ],
  ['import*as a from"node:stream/promises";', 'const a=process.getBuiltinModule("node:stream/promises");'],
  ['import a from"node:http";', 'const a=process.getBuiltinModule("node:http");'],
  [
    'import a,{b as c}from"node:net";',
    'const a=process.getBuiltinModule("node:net");const {b:c}=process.getBuiltinModule("node:net");',
  ],
  ['import a from"sharp";import{b}from"./b.mjs";', 'import a from"sharp";import{b}from"./b.mjs";'],
  ['import("node:https")', 'import("node:https")'],
])('%s', (script, expected) => {
  expect(withoutBuiltinImports(script)).toBe(expected);
});

test('the result runs', async () => {
  const script = withoutBuiltinImports(
    'import{createHash as h}from"node:crypto";import*as p from"node:path";export const got=[h("md5").update("a").digest("hex"),p.join("a","b")];',
  );

  const { got } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

  expect(got).toEqual([createHash('md5').update('a').digest('hex'), join('a', 'b')]);
});
