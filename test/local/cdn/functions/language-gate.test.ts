import { describe, expect, it } from 'vitest';
import { languageFaults, MAXIMUM_CODE_BYTES } from '../../../../local/cdn/functions/language-gate.ts';

describe('the language gate', () => {
  it('lets the documented language pass', () => {
    const code = `import cf from 'cloudfront';
      const crypto = require('crypto');
      async function handler(event) {
        let total = 2 ** 3;
        const rest = (...given) => given.length;
        for (var key in event) { if (key === 'x') continue; total += rest(key, \`\${key}\`); }
        try { await cf.kvs().get('a'); } catch (error) { console.log(error); }
        return { uri: crypto.createHash('md5').update('a').digest('hex'), Map: total };
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
    ['"a".replaceAll("a", "b");', 'method replaceAll'],
    ['import fs from "fs";', 'module fs'],
  ])('refuses %s', (code, construct) => {
    expect(languageFaults(code).join('; ')).toContain(construct);
  });

  it('says where', () => {
    expect(languageFaults('\n  a?.b;')[0]).toMatch(/^2:2 /);
  });

  it('refuses code above the size limit and code that is no program', () => {
    expect(languageFaults(`/*${'x'.repeat(MAXIMUM_CODE_BYTES)}*/`).join()).toContain('10240 are allowed');
    expect(languageFaults('function (')).toHaveLength(1);
  });
});
