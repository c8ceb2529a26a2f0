import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { LIBRARY } from '../browse/library-queries.ts';
import { useText } from '../i18n/text.tsx';
import { useNotices } from '../shell/notices.tsx';
import { useTasks } from '../tasks/task-provider.tsx';
import type { FileAction, FileItem } from './file-action.ts';
import type { SelectedFile } from './selection.ts';

/** Everything that may show a file is asked anew. */
const refreshLibrary = (client: QueryClient): Promise<unknown> =>
  Promise.all([LIBRARY, ['trash'], ['file']].map((queryKey) => client.invalidateQueries({ queryKey })));

/** Does an action with files: a panel tells how far it is, a notice offers to take it back. */
export function useFileAction(): (action: FileAction, files: readonly SelectedFile[]) => Promise<void> {
  const text = useText();
  const tell = useNotices();
  const client = useQueryClient();
  const tasks = useTasks();
  return async function run(action, files) {
    const ended = (done: readonly FileItem[]) => {
      const changed = done.map(({ file }) => file);
      const back = action.undo?.(changed);
      tell({
        kind: 'done',
        message: action.done(changed.length),
        ...(back && { action: { label: text.undo, run: () => void run(back, changed) } }),
      });
    };
    await tasks.run<FileItem>({
      label: action.label,
      items: files.map((file) => ({ id: file.fileId, name: file.name, file })),
      perCall: action.perCall,
      act: action.act,
      ended,
      otherwise: (failed) => {
        const other = action.instead?.(failed);
        const refused = failed.map(({ item }) => item.file);
        return other && { label: other.label, run: () => void run(other.action, refused) };
      },
    });
    await refreshLibrary(client);
  };
}
