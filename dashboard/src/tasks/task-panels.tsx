import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import type { Task } from './task-list.ts';
import { useTasks } from './task-provider.tsx';

/** What is being done, and with what it did not work, and why. */
export function TaskPanels() {
  const tasks = useTasks();
  const shown = useSyncExternalStore(tasks.subscribe, tasks.list);
  return shown.map((task) => <TaskPanel key={task.id} task={task} close={() => tasks.close(task.id)} />);
}

function TaskPanel({ task, close }: { readonly task: Task; readonly close: () => void }) {
  const text = useText();
  const { label, all, over, failures, failed, state, stop, retry, otherwise } = task;
  const leave = (next: () => void) => () => {
    close();
    next();
  };
  return (
    <section className="queue" aria-label={label}>
      <header>
        <strong role="status">
          {label}: {state === 'running' ? text.tasks.progress(over, all) : text.tasks.failed(failures)}
        </strong>
        {state === 'running' ? (
          <button type="button" onClick={stop}>
            {text.tasks.stop}
          </button>
        ) : (
          <button type="button" aria-label={text.tasks.close(label)} onClick={close}>
            ✕
          </button>
        )}
      </header>
      {state === 'running' && <progress value={over / Math.max(1, all)} aria-label={label} />}
      <ul>
        {failed.map(({ item, reason }) => (
          <li key={item.id}>
            <span className="queue-name">{item.name}</span>
            <p className="queue-reason">{failureWords(reason, text)}</p>
          </li>
        ))}
      </ul>
      {state === 'ended' && (
        <footer>
          <button type="button" onClick={leave(retry)}>
            {text.retry}
          </button>
          {otherwise && (
            <button type="button" onClick={leave(otherwise.run)}>
              {otherwise.label}
            </button>
          )}
        </footer>
      )}
    </section>
  );
}
