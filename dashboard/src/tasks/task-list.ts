import { patiently } from '../api/patiently.ts';

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
  readonly items: readonly Item[];
  /** Items of one call. */
  readonly perCall: number;
  /** @returns those that failed by themselves. @throws when all of them did */
  readonly act: (items: readonly Item[], signal: AbortSignal) => Promise<readonly FailedItem<Item>[]>;
  /** Told what worked when nothing is left to do. */
  readonly ended: (done: readonly Item[]) => void;
  /** Another plan for those that failed with a reason, beside trying the same again. */
  readonly otherwise?: (failed: readonly FailedItem<Item>[]) => OtherWay | undefined;
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
  readonly failed: readonly FailedItem[];
  readonly state: 'running' | 'ended';
  readonly stop: () => void;
  readonly retry: () => void;
  readonly otherwise: OtherWay | undefined;
}

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

  /** Does what a plan says, part by part. What failed stays in the list until it is closed. */
  async run<Item extends TaskItem>(plan: TaskPlan<Item>): Promise<void> {
    const id = ++this.#last;
    const stop = new AbortController();
    const failed: FailedItem<Item>[] = [];
    const task: Task = {
      ...{ id, label: plan.label, all: plan.items.length, over: 0, failed, state: 'running', otherwise: undefined },
      stop: () => stop.abort(),
      retry: () => undefined,
    };
    this.#show([...this.#tasks, task]);
    const done: Item[] = [];
    for (let from = 0; from < plan.items.length && !stop.signal.aborted; from += plan.perCall) {
      const part = plan.items.slice(from, from + plan.perCall);
      const lost = await failuresOf(plan, part, stop.signal);
      failed.push(...lost);
      const lostIds = new Set(lost.map(({ item }) => item.id));
      done.push(...part.filter((item) => !lostIds.has(item.id)));
      this.#change(id, { over: from + part.length, failed: [...failed] });
    }
    if (done.length > 0) plan.ended(done);
    if (failed.length === 0) return this.close(id);
    this.#change(id, {
      state: 'ended',
      otherwise: plan.otherwise?.(failed),
      retry: () => void this.run({ ...plan, items: failed.map(({ item }) => item) }),
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

/** Which of some items fail. If a call refuses all of them because of one, each gets a call of its own. */
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
    if (items.length === 1) return [{ item, reason }];
    const failed: FailedItem<Item>[] = [];
    for (const one of items) failed.push(...(await failuresOf(plan, [one], signal)));
    return failed;
  }
}
