import type { Api } from '../api/api.ts';
import type { AssetQuery, ToldAsset, ToldFile } from '../api/assets.ts';
import type { FolderRecord } from '../transfer/library-record.ts';

/** Most of one answer of ImageKit ("List and search assets"), which has no cursor. */
const PART = 1000;

async function* listed(api: Api, query: AssetQuery): AsyncGenerator<ToldAsset> {
  for (let skip = 0; ; skip += PART) {
    const paged = { ...query, sort: 'ASC_CREATED', limit: String(PART), skip: String(skip) };
    const part = (await (await api.call('GET', '/v1/files', { query: paged })).json()) as readonly ToldAsset[];
    yield* part;
    if (part.length < PART) return;
  }
}

/** All files, oldest first: what is uploaded meanwhile comes at the end. */
export async function* imagekitFiles(api: Api): AsyncGenerator<ToldFile> {
  for await (const asset of listed(api, { type: 'file' })) if (asset.type === 'file') yield asset;
}

/** All folders, each after the one above it. ImageKit has no private ones. */
export async function imagekitFolders(api: Api): Promise<FolderRecord[]> {
  const folders: FolderRecord[] = [];
  for await (const asset of listed(api, { type: 'folder' })) {
    if (asset.type === 'folder') folders.push({ kind: 'folder', path: asset.folderPath, isPrivate: false });
  }
  return folders.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
