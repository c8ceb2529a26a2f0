/** Milliseconds that a turn has before its time is counted: what ends within them costs no look at any clock. */
const UNCOUNTED_MILLISECONDS = 20;

/** Milliseconds between two looks at what a turn that takes long has used. */
const LOOK_MILLISECONDS = 50;

/** The 32-bit counters in the shared buffer: the number of the last turn that was asked, and of the last that was answered. */
const ASKED = 0;
const ANSWERED = 1;

export interface TurnLimits {
  /** Milliseconds of processor time of this process, all threads; not by the clock, because a busy machine runs none of them for a while. */
  readonly processor: number;
  /** Milliseconds by the clock, for a thread that is gone and uses nothing. */
  readonly clock: number;
}

/**
 * Two threads that take turns: one asks and waits, the other waits and answers. Turns are numbered, and a thread that wakes
 * looks at the number before it believes that it is its turn. To count on and to wake the other are two steps, between which
 * the other may see the number, do its part and wait for its next turn already: then the call that was meant for the last
 * turn wakes it in this one.
 */
export class Turns {
  /** Given to the other thread, which makes its own `Turns` of it. */
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Int32Array;

  constructor(buffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#numbers = new Int32Array(buffer);
  }

  ask(turn: number): void {
    this.#set(ASKED, turn);
  }

  /** Waits until another turn than this one is asked, for ever if need be. */
  waitUntilAsked(answered: number): void {
    while (Atomics.load(this.#numbers, ASKED) === answered) Atomics.wait(this.#numbers, ASKED, answered);
  }

  answer(turn: number): void {
    this.#set(ANSWERED, turn);
  }

  /** Waits until a turn is answered. @returns false when one of its limits came first */
  isAnswered(turn: number, limits: TurnLimits): boolean {
    if (this.#isAnsweredWithin(turn, UNCOUNTED_MILLISECONDS)) return true;
    const began = performance.now();
    const before = process.cpuUsage();
    while (!this.#isAnsweredWithin(turn, LOOK_MILLISECONDS)) {
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1000 >= limits.processor || performance.now() - began >= limits.clock) return false;
    }
    return true;
  }

  #isAnsweredWithin(turn: number, milliseconds: number): boolean {
    const until = performance.now() + milliseconds;
    for (;;) {
      const answered = Atomics.load(this.#numbers, ANSWERED);
      if (answered === turn) return true;
      const left = until - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#numbers, ANSWERED, answered, left);
    }
  }

  #set(counter: number, turn: number): void {
    Atomics.store(this.#numbers, counter, turn);
    Atomics.notify(this.#numbers, counter);
  }
}

/** The number after this one, in 32 bits. */
export const nextTurn = (turn: number): number => (turn + 1) | 0;
