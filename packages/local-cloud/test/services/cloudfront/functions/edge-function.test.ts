import { describe, expect, it } from 'vitest';
import { loadEdgeFunction } from '../../../../src/services/cloudfront/functions/edge-function.ts';

const NOW = new Date('2026-11-25T00:00:00Z');

const load = (code: string, log?: (line: string) => void) => loadEdgeFunction({ code }, 'test', log);

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

  it('tells what it logged before it was stopped', () => {
    const lines: string[] = [];
    const endless = load('function handler() { console.log("begins"); while (true) {} }', (line) => lines.push(line));

    expect(() => endless.run({}, undefined, NOW)).toThrow(/timed out/);

    expect(lines).toEqual(['begins']);
  });

  it('may not use more processor time than an edge gives, however quick this machine is', () => {
    const busy = 'function handler() { for (let i = 0, until = 4e8; i < until; i++) {} }';

    expect(() => run(busy)).toThrow(/needs more than 50 ms|timed out/);
  });

  it('cannot make code from strings, and has nothing that the edge lacks, by whatever name', () => {
    expect(() => run('function handler() { return (() => {}).constructor("return 1")(); }')).toThrow(/Code generation/);
    const reached = run(`function handler() {
      const globals = ['Map', 'Set', 'Proxy', 'Reflect', 'process', 'setTimeout', 'WebAssembly', 'host', 'call', 'eval', 'Intl'];
      const methods = [['', 'at'], ['', 'matchAll'], [[], 'flat'], [[], 'toSorted'], [Object, 'fromEntries'], [Array, 'from']];
      return globals.filter(function (name) { return globalThis[name] !== undefined; })
        .concat(methods.filter(function (pair) { return pair[0][pair[1]] !== undefined; }));
    }`);

    expect(reached).toEqual([]);
  });

  it('keeps nothing from one event to the next', () => {
    const counter = load('var seen = 0; function handler() { seen += 1; return { seen: seen }; }');

    expect([counter.run({}, undefined, NOW), counter.run({}, undefined, NOW)]).toEqual([{ seen: 1 }, { seen: 1 }]);
  });

  it('hashes with the three algorithms of the edge only', () => {
    const digest = (algorithm: string, encoding = 'hex') =>
      run(`import crypto from 'crypto';
        function handler() { return crypto.createHmac('${algorithm}', 'k').update('a').digest('${encoding}'); }`);

    expect(digest('sha1')).toBe('40e7d441cadb17b07f050341aa23a6820ed81c8b');
    expect(() => digest('sha512')).toThrow('algorithm sha512 is not supported');
    expect(() => digest('md5', 'latin1')).toThrow('encoding latin1 is not supported');
  });

  it('reads values of the store as text, JSON and bytes, counts them, and refuses when there is no store', () => {
    const code = (body: string) => `import cf from 'cloudfront';\nasync function handler() { return ${body}; }`;

    expect(run(code("(await cf.kvs().get('a', { format: 'bytes' })).toString('hex')"), { a: 'é' })).toBe('c3a9');
    expect(run(code('(await cf.kvs().meta()).keyCount + (await cf.kvs().count())'), { a: '1', b: '2' })).toBe(4);
    expect(run(code("await cf.kvs().exists('__proto__')"), {})).toBe(false);
    const withoutStore = loadEdgeFunction({ code: code('cf.kvs()') }, 'test');
    expect(() => withoutStore.run({}, undefined, NOW)).toThrow('no key value store is associated');
  });

  it('has Buffer, base64, query strings and text coders', () => {
    const result = run(`const querystring = require('querystring');
      function handler() {
        const bytes = Buffer.from('aé', 'utf8');
        return [bytes.toString('base64url'), atob(btoa('a')), querystring.parse('a=1&a=2').a, new TextEncoder().encode('é').length];
      }`);

    expect(result).toEqual(['YcOp', 'a', ['1', '2'], 2]);
  });

  it('hands on what the function logs', () => {
    const lines: string[] = [];
    const logging = load('function handler() { console.log("one"); console.log({ two: 2 }); }', (line) =>
      lines.push(line),
    );

    logging.run({}, undefined, NOW);

    expect(lines).toEqual(['one', '{"two":2}']);
  });

  it('is refused with line and construct when the edge would not take it', () => {
    expect(() => run('function handler(event) {\n  return event?.request;\n}')).toThrow(/2:9 ChainExpression/);
    expect(() => load('import cf from "cloudfront"; function handler() { cf.updateRequestOrigin({}); }')).toThrow(
      /updateRequestOrigin: the local CDN does not run/,
    );
    expect(() => load('function other() {}').run({}, undefined, NOW)).toThrow('handler is not defined');
  });
});
