import { setTimeout as pause } from 'node:timers/promises';
import type { ProductToKill } from './product-to-kill.ts';
import type { SeenFile, SeenWorld } from './seen-world.ts';
import type { FolderState } from './world-state.ts';

type Api = Pick<ProductToKill, 'call'>;

/** The members of the API's answers that are compared. */
interface FileAnswer {
  readonly type: 'file' | 'file-version';
  readonly fileId: string;
  readonly filePath: string;
  readonly versionInfo: { readonly id: string; readonly name: string };
  readonly tags: readonly string[] | null;
  readonly isPrivateFile: boolean;
  readonly customMetadata: { readonly seen?: number };
}

interface FolderAnswer {
  readonly type: 'folder';
  readonly folderId: string;
  readonly folderPath: string;
  readonly isPrivate: boolean;
}

interface TrashAnswer {
  readonly id: string;
  readonly path: string;
}

/** Everything that the API tells of a client's folder. */
export async function readOwned(api: Api, root: string): Promise<SeenWorld> {
  const files: Record<string, SeenFile> = {};
  const folders: Record<string, FolderState> = {};
  const trash = await read<TrashAnswer[]>(api, '/v1/trash');
  const own = (await read<(FileAnswer | FolderAnswer)[]>(api, listOf('/'))).find(
    (one) => one.type === 'folder' && one.folderPath === root,
  );
  const left = own ? [own] : [];
  for (let asset = left.shift(); asset; asset = left.shift()) {
    if (asset.type !== 'folder') {
      files[asset.filePath] = await readFile(api, asset);
      continue;
    }
    folders[asset.folderPath] = { id: asset.folderId, isPrivate: asset.isPrivate };
    left.push(...(await read<(FileAnswer | FolderAnswer)[]>(api, listOf(asset.folderPath))));
  }
  const trashed = trash.filter(({ path }) => path.startsWith(`${root}/`)).map(({ id, path }) => [id, path]);
  return { files, folders, trash: Object.fromEntries(trashed) };
}

const listOf = (path: string): string => `/v1/files?type=all&path=${encodeURIComponent(path)}`;

async function readFile(api: Api, file: FileAnswer): Promise<SeenFile> {
  const versions = await read<FileAnswer[]>(api, `/v1/files/${file.fileId}/versions`);
  return {
    id: file.fileId,
    versions: Object.fromEntries(versions.map(({ versionInfo }) => [numberOf(versionInfo), versionInfo.id])),
    current: numberOf(file.versionInfo),
    tags: file.tags ?? [],
    isPrivate: file.isPrivateFile,
    metadata: file.customMetadata.seen,
  };
}

const numberOf = ({ name }: FileAnswer['versionInfo']): number => Number(name.replace('Version ', ''));

/** Times that a read is repeated that nobody answered. */
const READS = 60;

/** An answer; what nobody answers is asked again. */
export async function read<T>(api: Api, path: string): Promise<T> {
  for (let time = 1; ; time++) {
    const answer = await api.call('GET', path);
    if (answer.kind === 'ok') return answer.body as T;
    const said = answer.kind === 'silence' ? answer.why : `${answer.status} ${JSON.stringify(answer.body)}`;
    if (answer.kind === 'refused' || time === READS) throw new Error(`GET ${path}: ${said}`);
    await pause(200);
  }
}
