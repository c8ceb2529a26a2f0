import { describe, expect, it } from 'vitest';
import { languageFaults, MAXIMUM_CODE_BYTES } from '../../../../src/services/cloudfront/functions/language-gate.ts';

describe('the language gate', () => {
  it('lets the documented language pass', () => {
    const code = `import cf from 'cloudfront';
      const crypto = require('crypto');
      async function handler(event) {
        let total = 2 ** 3;
        const rest = (...given) => given.length;
        for (var key in event) { if (key === 'x') continue; total += rest(key, \`\${key}\`); }
        outer: while (true) { do { break outer; } while (false); }
        try { await cf.kvs().get('a'); } catch (error) { console.log(error); } finally { delete event.a; }
        const named = /(?<year>\\d{4})/y.exec('2026').groups.year.replaceAll('2', 'x');
        const settled = await Promise.allSettled([1_000, Object.entries(event)]);
        switch (typeof named) { case 'string': globalThis.seen = settled; break; default: throw new TypeError(named); }
        return { uri: crypto.createHash('md5').update('a').digest('hex'), Map: total, get at() { return Array.of(1); } };
      }`;

    expect(languageFaults(code)).toEqual([]);
  });

  it.each([
    ['for (const x of [1]) {}', 'ForOfStatement'],
    ['const { a } = b;', 'ObjectPattern'],
    ['const [a] = b;', 'ArrayPattern'],
    ['f(...a);', 'SpreadElement'],
    ['class A {}', 'ClassDeclaration'],
    ['function f(a = 1) {}', 'AssignmentPattern'],
    ['function* f() {}', 'generator'],
    ['a?.b;', 'ChainExpression'],
    ['a ?? b;', 'operator ??'],
    ['a ||= b;', 'operator ||='],
    ['try {} catch {}', 'catch without a binding'],
    ['1n;', 'BigInt literal'],
    ['new Map();', 'global Map'],
    ['eval("1");', 'global eval'],
    ['[1].at(0);', 'method at'],
    ['[1].flat();', 'method flat'],
    ['"a".matchAll(/a/g);', 'method matchAll'],
    ['"a".localeCompare("b");', 'method localeCompare'],
    ['Object.fromEntries([]);', 'Object.fromEntries'],
    ['Array.from([]);', 'Array.from'],
    ['setTimeout(f, 1);', 'global setTimeout'],
    ['new Function("return 1");', 'global Function'],
    ['process.env.A;', 'global process'],
    ['var a = 1, b = { a };', 'shorthand property'],
    ['var a = { [1 + 1]: 1 };', 'computed property name'],
    ['var a = { f() {} };', 'method in an object literal'],
    ['f`a`;', 'TaggedTemplateExpression'],
    ['0b11;', 'binary or octal literal'],
    ['/a/u;', 'regular expression flag u'],
    ['export function handler() {}', 'ExportNamedDeclaration'],
    ['import { kvs } from "cloudfront";', 'ImportSpecifier'],
    ['import fs from "fs";', 'module fs'],
    ['const fs = require("fs");', 'module fs'],
    ['const cf = require("cloudfront");', 'module cloudfront'],
    ['console.log("a", 1);', 'console.log with several arguments'],
    ['console.error("a");', 'console.error'],
    ['function f() { return async function () {}; }', 'async function inside another function'],
    ['[1].forEach(async (x) => x);', 'async function as an argument'],
    ['await 1;', 'await outside a function'],
    ['with ({}) {}', 'strict mode'],
  ])('refuses %s', (code, construct) => {
    expect(languageFaults(code).join('; ')).toContain(construct);
  });

  it('says where', () => {
    expect(languageFaults('\n  a?.b;')[0]).toMatch(/^2:2 /);
  });

  it('knows declared names from global ones, wherever they are declared', () => {
    const code = `import Map from 'crypto';
      function handler(Set) { var fetch = 1; try { fetch(Set); } catch (URL) { throw URL; } return Map.process; }`;

    expect(languageFaults(code)).toEqual([]);
  });

  it('refuses code above the size limit and code that is no program', () => {
    expect(languageFaults(`/*${'x'.repeat(MAXIMUM_CODE_BYTES)}*/`).join()).toContain('10240 are allowed');
    expect(languageFaults('function (')).toHaveLength(1);
  });
});
