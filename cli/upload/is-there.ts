import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '../../lambda/contract/limits.ts';
import type { Api } from '../api/api.ts';
import type { ToldFile } from '../api/assets.ts';
import { filesOf } from '../api/assets.ts';
import { checksumOf } from '../checksum.ts';
import type { LocalFile } from './local-files.ts';
import type { SendFileDeps } from './upload-parameters.ts';

/** Looks at a file that the library has under the path of a local one. */
export type FindThere = (place: Pick<LocalFile, 'folder' | 'name'>) => Promise<ToldFile | undefined>;

/** Milliseconds that the library may take to note a checksum after an upload, and between two looks. */
const PATIENCE = 20_000;
const PAUSE = 500;

/** The library's files by their paths; each folder is listed once, when it is first asked for. */
export function filesThere(api: Api): FindThere {
  const folders = new Map<string, Promise<ReadonlyMap<string, ToldFile>>>();
  return async ({ folder, name }) => {
    const listed = folders.get(folder) ?? namesIn(api, folder);
    folders.set(folder, listed);
    return (await listed).get(name);
  };
}

async function namesIn(api: Api, path: string): Promise<ReadonlyMap<string, ToldFile>> {
  const files = new Map<string, ToldFile>();
  for await (const file of filesOf(api, { path })) files.set(file.name, file);
  return files;
}

/**
 * Whether a file of the library has the bytes of a local one. Its checksum is noted a moment after an upload, so it is waited
 * for. A file without one, because it is too large, has them when this machine has sent it so.
 */
export async function hasBytesOf({ api, begun }: SendFileDeps, there: ToldFile, file: LocalFile): Promise<boolean> {
  if (there.size !== file.bytes) return false;
  if (file.bytes > LIMITS.checksummedBytes) return (await begun.find(file)) === there.versionInfo.id;
  const noted = there.checksum ?? (await notedChecksum(api, there.fileId));
  return noted !== undefined && noted === (await checksumOf(file.file));
}

async function notedChecksum(api: Api, fileId: string): Promise<string | undefined> {
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    const { checksum } = (await (await api.call('GET', `/v1/files/${fileId}/details`)).json()) as ToldFile;
    if (checksum !== undefined) return checksum;
    await pause(PAUSE);
  }
  return undefined;
}
