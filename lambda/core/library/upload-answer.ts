import type { FileType } from './asset.ts';
import { escapePath } from './asset-path.ts';
import type { MetadataValue } from './store/metadata-value.ts';
import type { CompletedUpload } from './upload-file.ts';

/** The answer to an upload, member for member as ImageKit gives it ("Upload file", 200 OK). */
export interface UploadAnswer {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly versionInfo: { readonly id: string; readonly name: string };
  readonly filePath: string;
  readonly url: string;
  readonly fileType: FileType;
  readonly height?: number;
  readonly width?: number;
  readonly thumbnailUrl: string;
  readonly AITags: null;
  readonly tags: readonly string[] | null;
  readonly isPrivateFile: boolean;
  readonly isPublished: boolean;
  readonly customCoordinates: string | null;
  readonly description?: string;
  readonly customMetadata?: Readonly<Record<string, MetadataValue>>;
  /** Ours: why the image can be delivered only as it is. */
  readonly untransformable?: string;
}

/**
 * @param endpoint base URL of media, without a trailing slash
 * @param responseFields what the client asked for beyond the members that every answer has
 */
export function uploadAnswer(
  { file, version, number, untransformable }: CompletedUpload,
  endpoint: string,
  responseFields: readonly string[],
): UploadAnswer {
  const { head } = file;
  const path = escapePath(file.path);
  const url = endpoint + path;
  return {
    fileId: head.assetId,
    name: head.name,
    size: version.size,
    versionInfo: { id: version.versionId, name: `Version ${number}` },
    filePath: file.path,
    url,
    fileType: version.fileType,
    ...(version.width !== undefined && version.height !== undefined && sides(version.width, version.height)),
    thumbnailUrl: `${endpoint}/tr:n-ik_ml_thumbnail${path}`,
    AITags: null,
    tags: head.tags ?? null,
    isPrivateFile: head.isPrivate,
    isPublished: head.isPublished,
    customCoordinates: head.customCoordinates ?? null,
    ...(head.description !== undefined && { description: head.description }),
    ...(responseFields.includes('customMetadata') && { customMetadata: { ...head.customMetadata } }),
    ...(untransformable !== undefined && { untransformable }),
  };
}

const sides = (width: number, height: number) => ({ height, width });
