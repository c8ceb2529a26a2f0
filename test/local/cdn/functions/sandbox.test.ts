import { describe, expect, it } from 'vitest';
import { loadEdgeFunction } from '../../../../local/cdn/functions/sandbox.ts';

const NOW = new Date('2026-11-25T00:00:00Z');

function run(code: string, store: Record<string, string> = {}, query?: string): unknown {
  return loadEdgeFunction({ code, store: new Map(Object.entries(store)) }, 'test').run(
    { request: { uri: '/a' } },
    query,
    NOW,
  );
}

describe('an edge function in the sandbox', () => {
  it('has the modules, the store, the raw query and a clock that stands still', () => {
    const result = run(
      `import cf from 'cloudfront';
       const crypto = require('crypto');
       async function handler(event) {
         const found = await cf.kvs().get('settings', { format: 'json' });
         return {
           paused: found.paused, exists: await cf.kvs().exists('nothing'), raw: event.request.rawQueryString(),
           hash: crypto.createHash('sha256').update('a').digest('hex').slice(0, 8), now: Date.now(), date: new Date().getTime(),
         };
       }`,
      { settings: '{"paused":false}' },
      'a=%2F',
    );

    expect(result).toEqual({
      paused: false,
      exists: false,
      raw: 'a=%2F',
      hash: 'ca978112',
      now: NOW.getTime(),
      date: NOW.getTime(),
    });
  });

  it('tells a missing key and a thrown error', () => {
    const code = "import cf from 'cloudfront';\nasync function handler() { return await cf.kvs().get('x'); }";

    expect(() => run(code)).toThrow('KeyNotFound');
    expect(() => run('function handler() { throw new Error("no"); }')).toThrow('no');
  });

  it('is stopped when it does not end, also in a promise', () => {
    expect(() => run('function handler() { while (true) {} }')).toThrow(/timed out/);
    expect(() => run('async function handler() { await 0; while (true) {} }')).toThrow(/timed out/);
  });

  it('cannot make code from strings and has no process', () => {
    expect(() => run('function handler() { return (() => {}).constructor("return 1")(); }')).toThrow(/Code generation/);
    expect(run('function handler() { return typeof host + typeof setTimeout2; }')).toBe('undefinedundefined');
  });

  it('is refused with line and construct when the edge would not take it', () => {
    expect(() => run('function handler(event) {\n  return event?.request;\n}')).toThrow(/2:9 ChainExpression/);
  });
});
