import { isPassing } from '../api/failure.ts';
import { patiently } from '../api/patiently.ts';
import { inCalls } from './in-calls.ts';
import { KeptItems } from './kept-items.ts';

/** One of the things that a task does something with. */
export interface TaskItem {
  readonly id: string;
  /** By which people know it. */
  readonly name: string;
}

/** An item with which it did not work. */
export interface FailedItem<Item extends TaskItem = TaskItem> {
  readonly item: Item;
  readonly reason: unknown;
}

/** What is to be done, with every item alike. */
export interface TaskPlan<Item extends TaskItem> {
  readonly label: string;
  /** How many items there are. */
  readonly all: number;
  /** The items, in parts of any size; asked for while the task goes on. */
  readonly parts: () => AsyncIterable<readonly Item[]>;
  /** Items of one call. */
  readonly perCall: number;
  /** @returns those that failed by themselves. @throws when all of them did */
  readonly act: (items: readonly Item[], signal: AbortSignal) => Promise<readonly FailedItem<Item>[]>;
  /** Told what worked when nothing is left to do. */
  readonly ended: (done: KeptItems<Item>) => void;
  /** Another plan for those that failed with a reason, beside trying the same again. */
  readonly otherwise?: (first: readonly FailedItem<Item>[], all: KeptItems<Item>) => OtherWay | undefined;
}

export interface OtherWay {
  readonly label: string;
  readonly run: () => void;
}

/** How far something is that takes several calls. */
export interface Task {
  readonly id: number;
  readonly label: string;
  readonly all: number;
  /** Items that are over, whichever way. */
  readonly over: number;
  /** Items with which it did not work. */
  readonly failures: number;
  /** The first of them. */
  readonly failed: readonly FailedItem[];
  readonly state: 'running' | 'ended';
  readonly stop: () => void;
  readonly retry: () => void;
  readonly otherwise: OtherWay | undefined;
}

/** Failures whose reasons are kept of one task. */
const KEPT = 100;

/** Attempts at a call to which nobody answers, or that the API is too busy for. */
const ATTEMPTS = 6;

/** What is being done with many things, and what became of each. */
export class TaskList {
  readonly #listeners = new Set<() => void>();
  #tasks: readonly Task[] = [];
  #last = 0;

  readonly list = (): readonly Task[] => this.#tasks;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Does what a plan says, call by call. What failed stays in the list until it is closed. */
  async run<Item extends TaskItem>(plan: TaskPlan<Item>): Promise<void> {
    const id = ++this.#last;
    const stop = new AbortController();
    const task: Task = {
      ...{ id, label: plan.label, all: plan.all, over: 0, failures: 0, failed: [], state: 'running' },
      ...{ stop: () => stop.abort(), retry: () => undefined, otherwise: undefined },
    };
    this.#show([...this.#tasks, task]);
    const [done, lost] = [new KeptItems<Item>(), new KeptItems<Item>()];
    let first: readonly FailedItem<Item>[] = [];
    for await (const items of inCalls(plan.parts(), plan.perCall)) {
      if (stop.signal.aborted) break;
      const failed = await failuresOf(plan, items, stop.signal);
      const failedIds = new Set(failed.map(({ item }) => item.id));
      done.add(items.filter((item) => !failedIds.has(item.id)));
      lost.add(failed.map(({ item }) => item));
      first = [...first, ...failed].slice(0, KEPT);
      this.#change(id, { over: done.count + lost.count, failures: lost.count, failed: first });
    }
    if (done.count > 0) plan.ended(done);
    if (lost.count === 0) return this.close(id);
    this.#change(id, {
      state: 'ended',
      otherwise: plan.otherwise?.(first, lost),
      retry: () => void this.run({ ...plan, all: lost.count, parts: () => lost.parts() }),
    });
  }

  close(id: number): void {
    this.#show(this.#tasks.filter((task) => task.id !== id));
  }

  #change(id: number, change: Partial<Task>): void {
    this.#show(this.#tasks.map((task) => (task.id === id ? { ...task, ...change } : task)));
  }

  #show(tasks: readonly Task[]): void {
    this.#tasks = tasks;
    for (const listener of this.#listeners) listener();
  }
}

/** Which of some items fail. If a call refuses all of them, which may be because of one, each gets a call of its own. */
async function failuresOf<Item extends TaskItem>(
  plan: TaskPlan<Item>,
  items: readonly Item[],
  signal: AbortSignal,
): Promise<readonly FailedItem<Item>[]> {
  try {
    return await patiently(() => plan.act(items, signal), { attempts: ATTEMPTS });
  } catch (reason) {
    const [item] = items;
    if (signal.aborted || item === undefined) return [];
    if (items.length === 1 || isPassing(reason)) return items.map((one) => ({ item: one, reason }));
    const failed: FailedItem<Item>[] = [];
    for (const one of items) failed.push(...(await failuresOf(plan, [one], signal)));
    return failed;
  }
}
