import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { evaluate, type FunctionCall, type FunctionOutcome, type FunctionSource } from './edge-runtime.ts';
import { Turns } from './turns.ts';

/* The thread in which edge functions run. It is ended from outside when one of them does not end. */

/** What is asked of the thread in a turn. */
export type Wish =
  | { readonly load: number; readonly source: FunctionSource }
  | { readonly run: number; readonly call: FunctionCall };

export interface Asked {
  readonly turn: number;
  readonly wish: Wish;
  /** Functions that are to be loaded again before they are run. */
  readonly forget: readonly number[];
}

/** What it says in a turn: lines that functions log, and one answer. */
export type Said = { readonly turn: number } & (
  | { readonly log: string; readonly of: number }
  | { readonly outcome: FunctionOutcome | undefined }
  | { readonly fault: string }
);

export interface ThreadData {
  readonly turns: SharedArrayBuffer;
  readonly port: MessagePort;
}

const { turns: buffer, port } = workerData as ThreadData;
const turns = new Turns(buffer);
const functions = new Map<number, ReturnType<typeof evaluate>>();

/** The turn that is answered, or was last. */
let turn = 0;

function fulfil(wish: Wish): FunctionOutcome | undefined {
  if ('load' in wish) {
    const { load: of, source } = wish;
    functions.set(
      of,
      evaluate(source, (log) => say({ turn, log, of })),
    );
    return undefined;
  }
  const run = functions.get(wish.run);
  if (!run) throw new Error(`There is no function ${wish.run} in this thread`);
  return run(wish.call);
}

function say(said: Said): void {
  port.postMessage(said);
}

// A thread that waits for a counter answers in some microseconds; one that waits for an event needs ten times that.
for (;;) {
  turns.waitUntilAsked(turn);
  const asked = receiveMessageOnPort(port)?.message as Asked;
  turn = asked.turn;
  for (const id of asked.forget) functions.delete(id);
  try {
    say({ turn, outcome: fulfil(asked.wish) });
  } catch (error) {
    say({ turn, fault: (error as Error).message });
  }
  turns.answer(turn);
}
