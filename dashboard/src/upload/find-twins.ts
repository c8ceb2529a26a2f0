import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { isFile } from '../browse/library-queries.ts';
import { hexChecksumOf } from './checksum.ts';
import type { Twins, Upload } from './upload.ts';

/** Bytes up to which the content is compared: it is read into memory for that. Larger ones are compared by name. */
const COMPARED = 256_000_000;

const SHOWN = '5';

/** Looks for a file of the same name in the folder, and of the same bytes anywhere. @returns undefined when there is none. @throws Failure */
export async function findTwins(
  { source, name, folder }: Pick<Upload, 'source' | 'name' | 'folder'>,
  signal: AbortSignal,
): Promise<Twins | undefined> {
  const [isNameTaken, sameBytes] = await Promise.all([
    hasFile(folder, name, signal),
    source instanceof File && source.size > 0 && source.size <= COMPARED ? pathsOfBytes(source, signal) : [],
  ]);
  return isNameTaken || sameBytes.length > 0 ? { isNameTaken, sameBytes } : undefined;
}

async function hasFile(path: string, name: string, signal: AbortSignal): Promise<boolean> {
  const query = { path, name, type: 'file', limit: '1' } as const;
  return (await dataOf(api.GET('/v1/files', { params: { query }, signal }))).length > 0;
}

async function pathsOfBytes(file: File, signal: AbortSignal): Promise<readonly string[]> {
  const checksum = await hexChecksumOf(file);
  const query = { searchQuery: `checksum = "${checksum}"`, type: 'file', limit: SHOWN } as const;
  const found = await dataOf(api.GET('/v1/files', { params: { query }, signal }));
  return found.filter(isFile).map(({ filePath }) => filePath);
}
