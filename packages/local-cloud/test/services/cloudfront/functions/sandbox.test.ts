import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadEdgeFunction } from '../../../../src/services/cloudfront/functions/edge-function.ts';

const NOW = new Date('2026-11-25T00:00:00Z');

const load = (code: string, log?: (line: string) => void) => loadEdgeFunction({ code }, 'test', log);

/** Waits as a busy thread does. */
function pause(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an edge function among others in one thread', () => {
  it('is stopped alone: what was loaded before it runs on, with its store, and it takes its next event itself', () => {
    const reading = `import cf from 'cloudfront';
      async function handler() { return { found: await cf.kvs().get('a') }; }`;
    const other = loadEdgeFunction({ code: reading, store: new Map([['a', '1']]) }, 'other');
    const sometimes = load('function handler(event) { while (event.endless) {} return {}; }');
    other.run({}, undefined, NOW);

    expect(() => sometimes.run({ endless: true }, undefined, NOW)).toThrow('test timed out after 250 ms');

    expect(other.run({}, undefined, NOW)).toEqual({ found: '1' });
    expect(sometimes.run({}, undefined, NOW)).toEqual({});
  });

  it('gives each event its own answer when its caller is woken before there is one', () => {
    const naming = load('function handler(event) { return event.name; }');
    naming.run({}, undefined, NOW);
    // What a thread sees of a call that was meant for the turn before: on a busy machine it comes that late.
    vi.spyOn(Atomics, 'wait').mockReturnValueOnce('ok');

    const answers = ['a', 'b', 'c'].map((name) => naming.run({ name }, undefined, NOW));

    expect(answers).toEqual(['a', 'b', 'c']);
  });

  it('gives each event its own answer when its thread is woken twice', () => {
    const naming = load('function handler(event) { return event.name; }');
    naming.run({}, undefined, NOW);
    const { notify } = Atomics;
    vi.spyOn(Atomics, 'notify').mockImplementation((...given) => {
      const woken = notify(...given);
      pause(20);
      return woken + notify(...given);
    });

    const answers = ['a', 'b', 'c'].map((name) => naming.run({ name }, undefined, NOW));

    expect(answers).toEqual(['a', 'b', 'c']);
  });

  it('gives each event its own answer when the log of another throws', () => {
    const logging = load('function handler(event) { console.log("x"); return event.name; }', () => {
      throw new Error('The log is full');
    });
    const naming = load('function handler(event) { return event.name; }');

    expect(() => logging.run({ name: 'a' }, undefined, NOW)).toThrow('The log is full');

    expect(naming.run({ name: 'b' }, undefined, NOW)).toBe('b');
  });

  it('runs with its own store however many have come after it', () => {
    const code = "import cf from 'cloudfront';\nasync function handler() { return await cf.kvs().get('a'); }";
    const all = Array.from({ length: 60 }, (_, index) =>
      loadEdgeFunction({ code, store: new Map([['a', String(index)]]) }, 'test'),
    );
    const answers = () => all.map((one) => one.run({}, undefined, NOW));

    expect([answers(), answers()]).toEqual(Array(2).fill(all.map((_, index) => String(index))));
  });
});
