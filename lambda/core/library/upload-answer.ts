import type { FileType } from './asset.ts';
import { escapePath } from './asset-path.ts';
import type { SelectedField } from './path-policies/selected-fields.ts';
import type { MetadataValue } from './store/metadata-value.ts';
import type { CompletedUpload } from './upload-file.ts';

/** What became of the extensions that were asked for. There are none here. */
export interface ExtensionAnswer {
  /** By their names. */
  readonly extensionStatus?: Readonly<Record<string, 'failed'>>;
  /** Ours: why. */
  readonly extensionMessage?: string;
}

/** The answer to an upload, member for member as ImageKit gives it ("Upload file", 200 OK). */
export interface UploadAnswer extends ExtensionAnswer {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly versionInfo: { readonly id: string; readonly name: string };
  readonly filePath: string;
  readonly url: string;
  readonly fileType: FileType;
  /** Ours: what the sender said that it is; missing where nothing was said. */
  readonly declaredType?: string;
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
  /** Where a path policy chose fields. */
  readonly selectedFieldsSchema?: Readonly<Record<string, SelectedField>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly embeddedMetadata?: Readonly<Record<string, unknown>>;
  /** Ours: why the image can be delivered only as it is. */
  readonly untransformable?: string;
}

/**
 * @param endpoint base URL of media, without a trailing slash
 * @param asked what the client asked for beyond the members that every answer has
 */
export function uploadAnswer(
  { file, version, number, untransformable, described }: CompletedUpload,
  endpoint: string,
  { responseFields, extensions = [], selectedFieldsSchema }: AskedAnswer,
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
    ...(version.declaredType !== undefined && { declaredType: version.declaredType }),
    ...(version.width !== undefined && version.height !== undefined && sides(version.width, version.height)),
    thumbnailUrl: `${endpoint}/tr:n-ik_ml_thumbnail${path}`,
    AITags: null,
    tags: head.tags ?? null,
    isPrivateFile: head.isPrivate,
    isPublished: head.isPublished,
    customCoordinates: head.customCoordinates ?? null,
    ...(head.description !== undefined && { description: head.description }),
    ...(responseFields.includes('customMetadata') && { customMetadata: { ...head.customMetadata } }),
    ...(selectedFieldsSchema && { selectedFieldsSchema }),
    ...(responseFields.includes('metadata') && described && { metadata: { ...described.metadata } }),
    ...(responseFields.includes('embeddedMetadata') && { embeddedMetadata: described?.embedded ?? {} }),
    ...extensionAnswer(extensions),
    ...(untransformable !== undefined && { untransformable }),
  };
}

/** What a client asked to be told. */
export interface AskedAnswer {
  readonly responseFields: readonly string[];
  /** Names of extensions. */
  readonly extensions?: readonly string[];
  /** Of the folder, when it was asked for. */
  readonly selectedFieldsSchema?: UploadAnswer['selectedFieldsSchema'] | undefined;
}

/** For each extension that was asked for. */
export const extensionAnswer = (extensions: readonly string[]): ExtensionAnswer =>
  extensions.length === 0
    ? {}
    : {
        extensionStatus: Object.fromEntries(extensions.map((name) => [name, 'failed' as const])),
        extensionMessage: 'Extensions are not available in this deployment; the file was stored without them.',
      };

const sides = (width: number, height: number) => ({ height, width });
