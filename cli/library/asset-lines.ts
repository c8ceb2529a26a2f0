import type { ToldAsset } from '../api/assets.ts';

/** How an asset is printed: a row of a table, or a line of JSON with everything that the API tells. */
export const lineOf = (asset: ToldAsset, isJson: boolean): string =>
  isJson ? `${JSON.stringify(asset)}\n` : `${rowOf(asset)}\n`;

function rowOf(asset: ToldAsset): string {
  const [size, path] =
    asset.type === 'folder' ? ['-', `${asset.folderPath}/`] : [asset.size.toLocaleString('en'), asset.filePath];
  return `${size.padStart(15)}  ${asset.updatedAt.slice(0, 16).replace('T', ' ')}  ${path}`;
}
