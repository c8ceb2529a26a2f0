import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FunctionCall, FunctionOutcome, FunctionSource } from './edge-runtime.ts';
import type { Asked, Said, ThreadData } from './sandbox-thread.ts';

/** Wall time after which a run is stopped: long, because a busy machine may stop for a while in an honest run. */
const STOPPED_AFTER_MILLISECONDS = 1000;

/** A thread begins within a tenth of a second; what does not begin on a busy machine within this never will. */
const BEGINS_WITHIN_MILLISECONDS = 60_000;

/**
 * The thread in which edge functions run, seen from where they are called. Callers wait for it, as they would for a function
 * in their own thread. Within one's own thread a time limit is a new thread of Node's for each run, which costs more than
 * the run.
 */
class Sandbox {
  readonly #counters = new Int32Array(new SharedArrayBuffer(8));
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #logs = new Map<number, (line: string) => void>();
  /** After a run that did not end: another thread is needed. */
  isEnded = false;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const workerData: ThreadData = { turns: this.#counters.buffer as SharedArrayBuffer, port: port2 };
    this.#worker = new Worker(new URL('./sandbox-thread.ts', import.meta.url), { workerData, transferList: [port2] });
    this.#worker.unref();
    this.#port = port1;
    this.#port.unref();
  }

  load(id: number, source: FunctionSource, log: (line: string) => void): void {
    this.#logs.set(id, log);
    this.#ask({ load: id, source }, source.name, BEGINS_WITHIN_MILLISECONDS);
  }

  forget(id: number): void {
    if (this.isEnded) return;
    this.#logs.delete(id);
    this.#ask({ forget: id }, '', BEGINS_WITHIN_MILLISECONDS);
  }

  /** @throws what the run threw, or that it did not end: the thread is ended then, and a new one is needed */
  run(id: number, call: FunctionCall, name: string): FunctionOutcome {
    return this.#ask({ run: id, call }, name, STOPPED_AFTER_MILLISECONDS) as FunctionOutcome;
  }

  #ask(asked: Asked, name: string, milliseconds: number): FunctionOutcome | undefined {
    const before = Atomics.load(this.#counters, 1);
    this.#port.postMessage(asked);
    Atomics.add(this.#counters, 0, 1);
    Atomics.notify(this.#counters, 0);
    if (Atomics.wait(this.#counters, 1, before, milliseconds) === 'timed-out') {
      this.isEnded = true;
      void this.#worker.terminate();
    }
    for (;;) {
      const said = receiveMessageOnPort(this.#port)?.message as Said | undefined;
      if (!said) throw new Error(`${name} timed out after ${milliseconds} ms`);
      if ('fault' in said) throw new Error(said.fault);
      if ('outcome' in said) return said.outcome;
      this.#logs.get(said.of)?.(said.log);
    }
  }
}

let current: Sandbox | undefined;

function running(): Sandbox {
  if (!current || current.isEnded) current = new Sandbox();
  return current;
}

/** Where a function is loaded. */
interface Place {
  readonly id: number;
  sandbox: Sandbox | undefined;
}

let functions = 0;

/** A function that nobody can call any more leaves the thread, too. */
const uncalled = new FinalizationRegistry<Place>(({ id, sandbox }) => sandbox?.forget(id));

/** A function in the sandbox's thread, and in the next one when that was ended. */
export class SandboxedFunction {
  readonly #source: FunctionSource;
  readonly #log: (line: string) => void;
  readonly #place: Place = { id: ++functions, sandbox: undefined };

  constructor(source: FunctionSource, log: (line: string) => void) {
    this.#source = source;
    this.#log = log;
    uncalled.register(this, this.#place);
  }

  /** @throws for code that does not compile, and when it does not end or needs more processor time than an edge gives */
  run(call: FunctionCall): FunctionOutcome {
    const sandbox = running();
    const { id } = this.#place;
    if (this.#place.sandbox !== sandbox) {
      sandbox.load(id, this.#source, this.#log);
      this.#place.sandbox = sandbox;
    }
    return sandbox.run(id, call, this.#source.name);
  }
}
