import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FunctionCall, FunctionOutcome, FunctionSource } from './edge-runtime.ts';
import type { Asked, Said, ThreadData, Wish } from './sandbox-thread.ts';
import { nextTurn, type TurnLimits, Turns } from './turns.ts';

/**
 * When a run is stopped. The processor time is that of the whole process: with Node's four threads for files and hashes beside
 * it, a run has had as much as an edge would give it (`edge-runtime.ts`), and fails whether it ends or not.
 */
const RUN_LIMITS: TurnLimits = { processor: 250, clock: 60_000 };

/** A thread begins within a tenth of a second; what does not begin on a busy machine within this never will. */
const LOAD_LIMITS: TurnLimits = { processor: 60_000, clock: 60_000 };

/**
 * Functions that a thread keeps at most. Each is a context of some 300 KB, and a new one comes with each change of a store. Only
 * this bounds them: when nobody can call a function any more is known to the collector of another thread, which sees small objects.
 */
const MOST_FUNCTIONS = 50;

/**
 * The thread in which edge functions run, seen from where they are called. Callers wait for it, as they would for a function
 * in their own thread. Within one's own thread a time limit is a new thread of Node's for each run, which costs more than
 * the run.
 */
class Sandbox {
  readonly #turns = new Turns();
  readonly #worker: Worker;
  readonly #port: MessagePort;
  /** Of the functions that are loaded, oldest first. */
  readonly #logs = new Map<number, (line: string) => void>();
  #turn = 0;
  #forgotten: number[] = [];
  /** After a run that did not end, or when the thread ended itself: another one is needed. */
  isEnded = false;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const workerData: ThreadData = { turns: this.#turns.buffer, port: port2 };
    this.#worker = new Worker(new URL('./sandbox-thread.ts', import.meta.url), { workerData, transferList: [port2] });
    this.#worker.unref();
    // A thread that ends, for want of memory for instance, must not end the process. Who waits for it is told by the clock.
    const end = (): void => {
      this.isEnded = true;
    };
    this.#worker.on('error', end).on('exit', end);
    this.#port = port1;
    this.#port.unref();
  }

  has(id: number): boolean {
    return this.#logs.has(id);
  }

  /** @throws for code that does not compile */
  load(id: number, source: FunctionSource, log: (line: string) => void): void {
    this.#ask({ load: id, source }, source.name, LOAD_LIMITS);
    this.#logs.set(id, log);
    const [oldest = id] = this.#logs.keys();
    if (this.#logs.size <= MOST_FUNCTIONS) return;
    // The thread hears of it with the next turn.
    this.#logs.delete(oldest);
    this.#forgotten.push(oldest);
  }

  /** @throws what the run threw, or that it did not end: the thread is ended then, and a new one is needed */
  run(id: number, call: FunctionCall, name: string): FunctionOutcome {
    return this.#ask({ run: id, call }, name, RUN_LIMITS) as FunctionOutcome;
  }

  #ask(wish: Wish, name: string, limits: TurnLimits): FunctionOutcome | undefined {
    const turn = nextTurn(this.#turn);
    const asked: Asked = { turn, wish, forget: this.#forgotten };
    this.#turn = turn;
    this.#port.postMessage(asked);
    this.#forgotten = [];
    this.#turns.ask(turn);
    if (!this.#turns.isAnswered(turn, limits)) {
      this.isEnded = true;
      void this.#worker.terminate();
    }
    return this.#answerOf(turn, `${name} timed out after ${limits.processor} ms`);
  }

  /** @throws its fault, or what is given when there is no answer */
  #answerOf(turn: number, unanswered: string): FunctionOutcome | undefined {
    for (;;) {
      const said = receiveMessageOnPort(this.#port)?.message as Said | undefined;
      if (!said) throw new Error(unanswered);
      // Left by a turn whose caller was thrown out of it by its own log.
      if (said.turn !== turn) continue;
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

let functions = 0;

/** A function in the sandbox's thread: loaded by its next run when that thread was ended or has forgotten it. */
export class SandboxedFunction {
  readonly #source: FunctionSource;
  readonly #log: (line: string) => void;
  readonly #id = ++functions;

  constructor(source: FunctionSource, log: (line: string) => void) {
    this.#source = source;
    this.#log = log;
  }

  /** @throws for code that does not compile, and when it does not end or needs more processor time than an edge gives */
  run(call: FunctionCall): FunctionOutcome {
    const sandbox = running();
    if (!sandbox.has(this.#id)) sandbox.load(this.#id, this.#source, this.#log);
    return sandbox.run(this.#id, call, this.#source.name);
  }
}
