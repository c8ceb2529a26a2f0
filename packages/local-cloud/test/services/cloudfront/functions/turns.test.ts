import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTurn, Turns } from '../../../../src/services/cloudfront/functions/turns.ts';

const MODULE = new URL('../../../../src/services/cloudfront/functions/turns.ts', import.meta.url).href;

/** Answers every turn, and notes its number before. */
const ANSWERS = `
  const turns = new Turns(workerData.buffer);
  const seen = new Int32Array(workerData.seen);
  for (let turn = 0; ; ) {
    turns.waitUntilAsked(turn);
    turn = (turn + 1) | 0;
    Atomics.store(seen, 0, turn);
    turns.answer(turn);
  }`;

/** Wakes whoever waits, all the time and with no reason. */
const WAKES = `
  const numbers = new Int32Array(workerData.buffer);
  for (;;) { Atomics.notify(numbers, 0); Atomics.notify(numbers, 1); }`;

/** Answers the first turn after 400 ms, in which it does nothing. */
const SLEEPS = `
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  new Turns(workerData.buffer).answer(1);`;

const threads: Worker[] = [];

function begin(code: string, turns: Turns, seen = new SharedArrayBuffer(4)): Int32Array {
  const source = `const { workerData } = require('node:worker_threads');
    import(${JSON.stringify(MODULE)}).then(({ Turns }) => {${code}});`;
  threads.push(new Worker(source, { eval: true, workerData: { buffer: turns.buffer, seen } }));
  return new Int32Array(seen);
}

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
});

describe('turns of two threads', () => {
  it('come one after the other, whoever wakes them when it is not their turn', () => {
    const turns = new Turns();
    const seen = begin(ANSWERS, turns);
    begin(WAKES, turns);

    for (let turn = 1; turn <= 5000; turn++) {
      turns.ask(turn);
      expect(turns.isAnswered(turn, { processor: 60_000, clock: 60_000 })).toBe(true);
      expect(Atomics.load(seen, 0)).toBe(turn);
    }
  });

  it('take as long as they need by the clock: a thread that waits for a processor is none that does not end', () => {
    const turns = new Turns();
    begin(SLEEPS, turns);

    expect(turns.isAnswered(1, { processor: 350, clock: 60_000 })).toBe(true);
  });

  it('are over when they have used their processor time', () => {
    const turns = new Turns();
    begin('for (;;) {}', turns);

    expect(turns.isAnswered(1, { processor: 300, clock: 60_000 })).toBe(false);
  });

  it('are over in the end when nobody is there', () => {
    const began = performance.now();

    expect(new Turns().isAnswered(1, { processor: 60_000, clock: 200 })).toBe(false);

    expect(performance.now() - began).toBeGreaterThanOrEqual(200);
  });

  it('begin anew after the last number that there is', () => {
    expect([nextTurn(0), nextTurn(2 ** 31 - 1), nextTurn(-1)]).toEqual([1, -(2 ** 31), 0]);
  });
});
