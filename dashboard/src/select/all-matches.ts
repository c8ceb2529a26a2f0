import { api } from '../api/client.ts';
import { answerOf } from '../api/failure.ts';
import { isFile, listedFiles } from '../browse/library-queries.ts';
import type { View } from '../browse/view.ts';
import { type SelectedFile, toSelected } from './selection.ts';

/** Files of one call. */
const PER_CALL = '1000';

/**
 * Every file of a view, also those that are not loaded: what is done afterwards is done with these and with no other.
 * @param found told how many there are so far
 * @throws Failure, or the signal's reason
 */
export async function allMatches(
  view: View,
  found: (count: number) => void,
  signal: AbortSignal,
): Promise<readonly SelectedFile[]> {
  const files: SelectedFile[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...listedFiles(view), limit: PER_CALL, ...(cursor !== undefined && { cursor }) };
    const { data, response } = await answerOf(api.GET('/v1/files', { params: { query }, signal }));
    files.push(...data.filter(isFile).map(toSelected));
    found(files.length);
    cursor = response.headers.get('x-next-cursor') ?? undefined;
  } while (cursor !== undefined);
  return files;
}
