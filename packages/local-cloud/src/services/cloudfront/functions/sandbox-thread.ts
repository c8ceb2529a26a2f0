import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { evaluate, type FunctionCall, type FunctionOutcome, type FunctionSource } from './edge-runtime.ts';

/* The thread in which edge functions run. It is ended from outside when one of them does not end. */

/** What is asked of the thread, one after the other; each is answered. */
export type Asked =
  | { readonly load: number; readonly source: FunctionSource }
  | { readonly run: number; readonly call: FunctionCall }
  | { readonly forget: number };

/** What it says: lines that functions log, and one answer. */
export type Said =
  | { readonly log: string; readonly of: number }
  | { readonly outcome: FunctionOutcome | undefined }
  | { readonly fault: string };

export interface ThreadData {
  /** Two counters of 32 bits: how much was asked, and how much was answered. */
  readonly turns: SharedArrayBuffer;
  readonly port: MessagePort;
}

const { turns, port } = workerData as ThreadData;
const counters = new Int32Array(turns);
const functions = new Map<number, ReturnType<typeof evaluate>>();

function answer(asked: Asked): FunctionOutcome | undefined {
  if ('run' in asked) return functions.get(asked.run)?.(asked.call);
  if ('forget' in asked) functions.delete(asked.forget);
  else
    functions.set(
      asked.load,
      evaluate(asked.source, (log) => say({ log, of: asked.load })),
    );
  return undefined;
}

function say(said: Said): void {
  port.postMessage(said);
}

// A thread that waits for a counter answers in some microseconds; one that waits for an event needs ten times that.
for (let done = 0; ; done++) {
  Atomics.wait(counters, 0, done);
  const asked = receiveMessageOnPort(port)?.message as Asked;
  try {
    say({ outcome: answer(asked) });
  } catch (error) {
    say({ fault: (error as Error).message });
  }
  Atomics.store(counters, 1, done + 1);
  Atomics.notify(counters, 1);
}
