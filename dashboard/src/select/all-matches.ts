import { api } from '../api/client.ts';
import { answerOf } from '../api/failure.ts';
import { patiently } from '../api/patiently.ts';
import { isFile } from '../browse/library-queries.ts';
import { listedFiles } from '../browse/listed-files.ts';
import type { View } from '../browse/view.ts';
import { type ChosenFiles, FileCollector } from './chosen-files.ts';
import { toSelected } from './selected-file.ts';

/** Files of one call. */
const PER_CALL = '1000';

/** Attempts at a call to which nobody answers, or that the API is too busy for. */
const ATTEMPTS = 6;

/**
 * Every file of a view, also those that are not loaded: what is done afterwards is done with these and with no other. They are
 * put aside while they come, so that the page does not grow with them.
 * @param found told how many there are so far
 * @throws Failure, or the signal's reason
 */
export async function allMatches(
  view: View,
  found: (count: number) => void,
  signal: AbortSignal,
): Promise<ChosenFiles> {
  const files = new FileCollector();
  let cursor: string | undefined;
  do {
    const query = { ...listedFiles(view), limit: PER_CALL, ...(cursor !== undefined && { cursor }) };
    const read = () => answerOf(api.GET('/v1/files', { params: { query }, signal }));
    const { data, response } = await patiently(read, { attempts: ATTEMPTS, signal });
    files.add(data.filter(isFile).map(toSelected));
    found(files.count);
    cursor = response.headers.get('x-next-cursor') ?? undefined;
  } while (cursor !== undefined);
  return files.files();
}
