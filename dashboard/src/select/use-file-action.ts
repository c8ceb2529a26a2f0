import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { LIBRARY } from '../browse/library-queries.ts';
import { useText } from '../i18n/text.tsx';
import { useNotices } from '../shell/notices.tsx';
import type { KeptItems } from '../tasks/kept-items.ts';
import { useTasks } from '../tasks/task-provider.tsx';
import type { FileParts } from './chosen-files.ts';
import type { FileAction, FileItem } from './file-action.ts';

/** Everything that may show a file is asked anew. */
const refreshLibrary = (client: QueryClient): Promise<unknown> =>
  Promise.all([LIBRARY, ['trash'], ['file']].map((queryKey) => client.invalidateQueries({ queryKey })));

/** Does an action with files: a panel tells how far it is, a notice offers to take it back. */
export function useFileAction(): (action: FileAction, files: FileParts) => Promise<void> {
  const text = useText();
  const tell = useNotices();
  const client = useQueryClient();
  const tasks = useTasks();
  return async function run(action, files) {
    const ended = (done: KeptItems<FileItem>) => {
      const back = action.undo?.();
      tell({
        kind: 'done',
        message: action.done(done.count),
        ...(back && { action: { label: text.undo, run: () => void run(back, filesOf(done)) } }),
      });
    };
    await tasks.run<FileItem>({
      label: action.label,
      all: files.count,
      parts: () => itemsOf(files),
      perCall: action.perCall,
      act: action.act,
      ended,
      otherwise: (first, refused) => {
        const other = action.instead?.(first);
        return other && { label: other.label, run: () => void run(other.action, filesOf(refused)) };
      },
    });
    await refreshLibrary(client);
  };
}

async function* itemsOf({ parts }: FileParts): AsyncGenerator<readonly FileItem[]> {
  for await (const files of parts()) yield files.map((file) => ({ id: file.fileId, name: file.name, file }));
}

const filesOf = (items: KeptItems<FileItem>): FileParts => ({
  count: items.count,
  async *parts() {
    for await (const part of items.parts()) yield part.map(({ file }) => file);
  },
});
