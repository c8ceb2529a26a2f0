import type { Api } from '../api/api.ts';
import type { FieldRecord, FolderRecord } from './library-record.ts';
import { readFields, readFolders } from './read-library.ts';

/** Makes the custom metadata fields that are missing; fields of the same name stay as they are. */
export async function makeFields(api: Api, fields: readonly FieldRecord[]): Promise<void> {
  const there = await namesOfFields(api);
  for (const field of fields) if (!there.has(field.name)) await makeField(api, field);
}

export const namesOfFields = async (api: Api): Promise<ReadonlySet<string>> =>
  new Set((await readFields(api)).map(({ name }) => name));

export async function makeField(api: Api, { kind: _, ...field }: FieldRecord): Promise<void> {
  await api.call('POST', '/v1/customMetadataFields', { body: field });
}

/** Makes the folders that are missing, and private those that are, before anything lies in them. */
export async function makeFolders(api: Api, folders: readonly FolderRecord[]): Promise<void> {
  const there = new Map((await readFolders(api)).map(({ path, isPrivate }) => [path, isPrivate]));
  for (const { path, isPrivate } of folders) {
    const slash = path.lastIndexOf('/');
    const body = { folderName: path.slice(slash + 1), parentFolderPath: path.slice(0, slash) || '/' };
    if (!there.has(path)) await api.call('POST', '/v1/folder', { body });
    if (isPrivate && !there.get(path)) await api.call('PATCH', '/v1/folder', { body: { folderPath: path, isPrivate } });
  }
}
