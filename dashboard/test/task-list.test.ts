import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../src/api/failure.ts';
import type { KeptItems } from '../src/tasks/kept-items.ts';
import { TaskList, type TaskPlan } from '../src/tasks/task-list.ts';

interface Item {
  readonly id: string;
  readonly name: string;
}

const items = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), name: `file ${index}` }));

async function* inOnePart(some: readonly Item[]) {
  yield some;
}

const plan = (given: Partial<TaskPlan<Item>>, some = items(5)): TaskPlan<Item> => ({
  ...{ label: 'Move', all: some.length, parts: () => inOnePart(some), perCall: 2 },
  ...{ act: async () => [], ended: () => undefined },
  ...given,
});

/** Ids of everything that was put aside. */
async function idsOf(kept: KeptItems<Item> | undefined): Promise<string[]> {
  const ids: string[] = [];
  for await (const part of kept?.parts() ?? []) ids.push(...part.map(({ id }) => id));
  return ids;
}

describe('a task', () => {
  it('is done part by part, and gone when all of it worked', async () => {
    const tasks = new TaskList();
    const parts: number[] = [];
    const ended = vi.fn();
    const act = async (some: readonly Item[]) => {
      parts.push(some.length);
      return [];
    };
    await tasks.run(plan({ act, ended }));

    expect(parts).toEqual([2, 2, 1]);
    expect(await idsOf(ended.mock.calls[0]?.[0])).toEqual(['0', '1', '2', '3', '4']);
    expect(tasks.list()).toEqual([]);
  });

  it('finds out which of a refused part it is, and does the others', async () => {
    const tasks = new TaskList();
    const refusal = new Failure('file.missing', 404, 'There is no such file.');
    const ended = vi.fn();
    const act = async (some: readonly Item[]) => {
      if (some.some(({ id }) => id === '3')) throw refusal;
      return [];
    };
    await tasks.run(plan({ act, ended }));

    expect(tasks.list()).toMatchObject([{ state: 'ended', over: 5, failed: [{ item: { id: '3' }, reason: refusal }] }]);
    expect(await idsOf(ended.mock.calls[0]?.[0])).toEqual(['0', '1', '2', '4']);
  });

  it('waits as long as the API says, and asks again', async () => {
    vi.useFakeTimers();
    const tasks = new TaskList();
    const act = vi
      .fn()
      .mockRejectedValueOnce(new Failure('rate.exceeded', 429, 'Later', 5000))
      .mockResolvedValue([]);
    const run = tasks.run(plan({ act }, items(1)));
    await vi.advanceTimersByTimeAsync(4999);
    expect(act).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await run;
    vi.useRealTimers();

    expect(act).toHaveBeenCalledTimes(2);
    expect(tasks.list()).toEqual([]);
  });

  it('that is stopped begins no further part', async () => {
    const tasks = new TaskList();
    const act = vi.fn(async () => {
      tasks.list()[0]?.stop();
      return [];
    });
    await tasks.run(plan({ act }));

    expect(act).toHaveBeenCalledTimes(1);
  });

  it('asks for its items while it goes on, and for none after it is stopped', async () => {
    const tasks = new TaskList();
    const asked: number[] = [];
    async function* parts() {
      for (let part = 0; part < 3; part++) {
        asked.push(part);
        yield items(2);
      }
    }
    const act = vi.fn(async () => {
      if (asked.length === 2) tasks.list()[0]?.stop();
      return [];
    });
    await tasks.run(plan({ all: 6, parts, act }));

    expect(act).toHaveBeenCalledTimes(2);
    expect(asked).toEqual([0, 1, 2]);
  });

  it('keeps the reasons of the first hundred failures, counts all, and tries all again', async () => {
    const tasks = new TaskList();
    const refusal = new Failure('file.exists', 207, 'It exists already.');
    const act = vi.fn(async (some: readonly Item[]) => some.map((item) => ({ item, reason: refusal })));
    await tasks.run(plan({ act, perCall: 100 }, items(250)));

    const [task] = tasks.list();
    expect([task?.failures, task?.failed.length]).toEqual([250, 100]);
    act.mockResolvedValue([]);
    tasks.close(task?.id ?? 0);
    task?.retry();
    await vi.waitFor(() => expect(tasks.list()).toEqual([]));
    expect(act.mock.calls.slice(3).map(([some]) => some.length)).toEqual([100, 100, 50]);
  });

  it('does not ask for each item alone when nobody answers', async () => {
    vi.useFakeTimers();
    const tasks = new TaskList();
    const act = vi.fn().mockRejectedValue(new Failure('offline', 0, 'No answer'));
    const run = tasks.run(plan({ act, perCall: 5 }));
    await vi.runAllTimersAsync();
    await run;
    vi.useRealTimers();

    expect(act.mock.calls.every(([some]) => some.length === 5)).toBe(true);
    expect(tasks.list()).toMatchObject([{ state: 'ended', failures: 5 }]);
  });
});
