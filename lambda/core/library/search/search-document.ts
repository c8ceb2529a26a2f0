import type { ContentSummary } from '../store/content-summary.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { FileHead, FileVersion, FolderNode } from '../store/records.ts';
import type { Point } from './query.ts';
import type { AssetType } from './search-fields.ts';

/** All that a search looks at of one asset, but for where its folder is. */
export interface SearchDocument {
  readonly type: AssetType;
  readonly id: string;
  readonly name: string;
  /** Id of the folder in which it lies. */
  readonly folderId: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly isPrivate: boolean;
  readonly isPublished: boolean;
  readonly fileType?: FileHead['fileType'];
  readonly contentType?: string;
  /** Bytes. */
  readonly size?: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly createdBy?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly customMetadata?: Readonly<Record<string, MetadataValue>>;
  /** Of a file that has more than one. */
  readonly versionCount?: number;
  /** What a picture says of itself. */
  readonly keywords?: readonly string[];
  /** ISO 8601. */
  readonly takenAt?: string;
  readonly takenIn?: Point;
  readonly hasAlpha?: boolean;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly checksum?: string;
}

/** A document with the path of the folder in which the asset lies: leading slash, `/` for the root. */
export interface LocatedDocument extends SearchDocument {
  readonly folderPath: string;
}

/** A file as it is now. */
export function fileDocument(head: FileHead): SearchDocument {
  const { assetId, name, folderId, createdAt, updatedAt, isPrivate, isPublished, createdBy } = head;
  const { fileType, contentType, size, width, height, tags, description, customMetadata } = head;
  return {
    ...{ type: 'file', id: assetId, name, folderId, createdAt, updatedAt, isPrivate, isPublished, createdBy },
    ...{ fileType, contentType, size },
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(tags && { tags }),
    ...(description !== undefined && { description }),
    ...(customMetadata && { customMetadata }),
    ...(head.versionCount > 1 && { versionCount: head.versionCount }),
    ...summarised(head.summary),
  };
}

const summarised = ({ keywords, takenAt, takenIn, hasAlpha, sha256 }: ContentSummary = {}) => ({
  ...(keywords && { keywords }),
  ...(takenAt !== undefined && { takenAt }),
  ...(takenIn && { takenIn }),
  ...(hasAlpha !== undefined && { hasAlpha }),
  ...(sha256 !== undefined && { checksum: sha256 }),
});

/** A version of a file that is not the current one: the file's details with the version's bytes. */
export function versionDocument(head: FileHead, version: FileVersion): SearchDocument {
  const { fileType, contentType, size, width, height, createdAt } = version;
  const { summary: _, ...described } = head;
  const { width: __, height: ___, ...details } = fileDocument(described);
  return {
    ...{ ...details, type: 'file-version', fileType, contentType, size, createdAt, updatedAt: createdAt },
    ...(width !== undefined && height !== undefined && { width, height }),
    ...summarised(version.summary),
  };
}

export function folderDocument({
  folderId,
  parentId,
  name,
  isPrivate,
  createdAt,
  updatedAt,
}: FolderNode): SearchDocument {
  return {
    ...{ type: 'folder', id: folderId, name, folderId: parentId, createdAt, updatedAt, isPrivate, isPublished: true },
  };
}

/** The format of bytes whose type was found, in the language's words. */
const FORMAT_OF_TYPE: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'application/pdf': 'pdf',
  'font/woff': 'woff',
  'font/woff2': 'woff2',
  'font/otf': 'otf',
  'font/ttf': 'ttf',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
};

/** Formats that bytes do not tell: the ending of the name does. */
const FORMATS_BY_NAME = ['js', 'css', 'txt', 'eot', 'swf', 'ts', 'm3u8'];

/** The format of a file in the language's words; undefined for one that the language has no word for. */
export function formatOf({ contentType, name }: Pick<SearchDocument, 'contentType' | 'name'>): string | undefined {
  if (contentType === undefined) return undefined;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return FORMAT_OF_TYPE[contentType] ?? FORMATS_BY_NAME.find((format) => format === ending);
}
