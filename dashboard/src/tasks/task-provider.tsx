import { createContext, type ReactNode, useContext, useState } from 'react';
import { TaskList } from './task-list.ts';

const Context = createContext<TaskList | undefined>(undefined);

/** Tasks go on while people go from page to page. */
export function TaskProvider({ children }: { readonly children: ReactNode }) {
  const [tasks] = useState(() => new TaskList());
  return <Context value={tasks}>{children}</Context>;
}

export function useTasks(): TaskList {
  const tasks = useContext(Context);
  if (!tasks) throw new Error('There is no TaskProvider around this.');
  return tasks;
}
