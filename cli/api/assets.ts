import type { Api } from './api.ts';

/** A file or a version of one, as the API tells it (docs/api.md, `assets.list`). */
export interface ToldFile {
  readonly type: 'file' | 'file-version';
  readonly fileId: string;
  readonly name: string;
  readonly filePath: string;
  readonly url: string;
  readonly size: number;
  readonly mime: string;
  readonly fileType: 'image' | 'non-image';
  /** Its bytes stay at their origin. */
  readonly backedUp?: false;
  /** SHA-256, hexadecimal; missing until the bytes were looked at, and of files of more than a gigabyte. */
  readonly checksum?: string;
  readonly versionInfo: { readonly id: string; readonly name: string };
  readonly tags: readonly string[] | null;
  readonly description?: string;
  readonly customCoordinates: string | null;
  readonly customMetadata: Readonly<Record<string, unknown>>;
  readonly isPrivateFile: boolean;
  readonly isPublished: boolean;
  /** Who gets it by its URL. */
  readonly reachableBy: 'everyone' | 'signed-url' | 'nobody';
  readonly updatedAt: string;
}

export interface ToldFolder {
  readonly type: 'folder';
  readonly name: string;
  readonly folderPath: string;
  readonly isPrivate: boolean;
  readonly updatedAt: string;
}

export type ToldAsset = ToldFile | ToldFolder;

/** What a list asks for: members of `assets.list`. */
export type AssetQuery = Readonly<Record<string, string | undefined>>;

/** Most of one answer. */
const PART = '1000';

/** Each asset of a list once, part by part, whatever is changed meanwhile. */
export async function* assetsOf(api: Api, query: AssetQuery): AsyncGenerator<ToldAsset> {
  let cursor: string | undefined;
  do {
    const answer = await api.call('GET', '/v1/files', { query: { limit: PART, ...query, cursor } });
    cursor = answer.headers.get('x-next-cursor') ?? undefined;
    yield* (await answer.json()) as ToldAsset[];
  } while (cursor !== undefined);
}

/** The files of a list. */
export async function* filesOf(api: Api, query: AssetQuery): AsyncGenerator<ToldFile> {
  for await (const asset of assetsOf(api, query)) if (asset.type !== 'folder') yield asset;
}

/** The folders of a list. */
export async function* foldersOf(api: Api, query: AssetQuery): AsyncGenerator<ToldFolder> {
  for await (const asset of assetsOf(api, { ...query, type: 'folder' })) if (asset.type === 'folder') yield asset;
}

/** The file that has a path, if there is one. */
export async function fileAt(api: Api, path: string): Promise<ToldFile | undefined> {
  const slash = path.lastIndexOf('/');
  const query = { path: path.slice(0, slash) || '/', name: path.slice(slash + 1) };
  for await (const file of filesOf(api, query)) return file;
  return undefined;
}
