import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../api/client.ts';
import { dataOf, Failure } from '../api/failure.ts';
import { LIBRARY } from '../browse/library-queries.ts';
import { readView, viewAddress } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { folderOf, pathIn } from './file-action.ts';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a path is that of a folder, or of something below it. */
const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Whether a folder would be elsewhere afterwards: not in itself, and not where it is. */
export const canMoveFolder = (path: string, into: string): boolean => !isWithin(into, path) && folderOf(path) !== into;

/** Moves a folder with all that is in it; a notice offers to take it back. Whoever looks at it comes along. */
export function useMoveFolder(): (path: string, into: string) => Promise<void> {
  const text = useText();
  const tell = useNotices();
  const client = useQueryClient();
  const [page, navigate] = useLocation();
  return async function move(path, into) {
    if (!canMoveFolder(path, into)) return;
    const there = pathIn(into, nameOf(path));
    try {
      await moveFolder(path, into);
    } catch (error) {
      return tell({ kind: 'failed', message: failureWords(error, text) });
    }
    await client.invalidateQueries({ queryKey: LIBRARY });
    const view = readView(location.search);
    if (page === '/' && isWithin(view.path, path))
      navigate(viewAddress({ ...view, path: there + view.path.slice(path.length) }), { replace: true });
    const undo = { label: text.undo, run: () => void move(there, folderOf(path)) };
    tell({ kind: 'done', message: text.select.folderMoved(nameOf(path), into), action: undo });
  };
}

/** Not onto a folder of its name: the API would put both into one, which nothing takes apart again. */
async function moveFolder(path: string, into: string): Promise<void> {
  const query = { path: into, type: 'folder', name: nameOf(path), limit: '1' } as const;
  const there = await dataOf(api.GET('/v1/files', { params: { query } }));
  if (there.length > 0) throw new Failure('file.exists', 409, `There is a ${nameOf(path)} in ${into} already.`);
  const body = { sourceFolderPath: path, destinationPath: into };
  await dataOf(api.POST('/v1/bulkJobs/moveFolder', { body }));
}
