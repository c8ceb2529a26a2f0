import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LibraryFolders } from '../../core/purge/library-folders.ts';
import { libraryEntities } from './library-entities.ts';

/** What lies in a folder, by the table's index; it may lag behind by a moment. */
export function libraryFolders(client: DynamoDBClient, table: string): LibraryFolders {
  const { asset, folder } = libraryEntities(client, table).entities;
  return {
    list: async (path) => {
      const [assets, folders] = await Promise.all([
        asset.query.inFolder({ folder: path }).go({ pages: 'all' }),
        folder.query.inFolder({ parent: path }).go({ pages: 'all' }),
      ]);
      return { assets: assets.data, folders: folders.data.map((one) => one.path) };
    },
    findAsset: async (assetId) => (await asset.get({ assetId }).go({ consistent: true })).data ?? undefined,
  };
}
