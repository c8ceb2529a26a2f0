import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../src/api/failure.ts';
import { TaskList, type TaskPlan } from '../src/tasks/task-list.ts';

interface Item {
  readonly id: string;
  readonly name: string;
}

const items = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), name: `file ${index}` }));

const plan = (given: Partial<TaskPlan<Item>>): TaskPlan<Item> => ({
  ...{ label: 'Move', items: items(5), perCall: 2, act: async () => [], ended: () => undefined },
  ...given,
});

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
    expect(ended).toHaveBeenCalledWith(items(5));
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
    expect(ended.mock.calls[0]?.[0].map(({ id }: Item) => id)).toEqual(['0', '1', '2', '4']);
  });

  it('waits as long as the API says, and asks again', async () => {
    vi.useFakeTimers();
    const tasks = new TaskList();
    const act = vi
      .fn()
      .mockRejectedValueOnce(new Failure('rate.exceeded', 429, 'Later', 5000))
      .mockResolvedValue([]);
    const run = tasks.run(plan({ items: items(1), act }));
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
});
