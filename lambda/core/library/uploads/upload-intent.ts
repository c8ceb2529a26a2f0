import { originalKey } from '../../../contract/object-keys.ts';
import type { Visibility } from '../../../contract/visibility.ts';
import { scopeOf } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Content, UploadIntent } from '../asset.ts';
import { extensionOf, joinPath } from '../asset-path.ts';
import type { ContentSummary } from '../store/content-summary.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { UploadParameters } from '../upload-request.ts';

/** Seconds for which an upload may stay incomplete. */
const INTENT_LIFE = 86_400;

/** An upload whose parameters were found good. */
export interface PlannedUpload {
  readonly caller: Caller;
  readonly request: UploadParameters;
  readonly content: Content;
  readonly customMetadata: Readonly<Record<string, MetadataValue>>;
  readonly summary?: ContentSummary | undefined;
}

export interface ToIntentDeps {
  readonly hexId: () => string;
  readonly clock: () => number;
  /** Who sees a new file whose upload does not say so. @default public */
  readonly defaultVisibility?: Visibility;
}

/** What is written down of an upload before its bytes. @param name the file's own, with its suffix */
export function toIntent(
  deps: ToIntentDeps,
  { caller, request, content, customMetadata, summary }: PlannedUpload,
  name: string,
): UploadIntent {
  const { folder, tags, description, customCoordinates, isPrivate, isPublished, post, ifMatch } = request;
  const { kind, id } = caller;
  const scope = scopeOf(caller, 'files.upload');
  const publishers = scopeOf(caller, 'folders.restrict');
  const versionId = deps.hexId();
  const path = joinPath(folder, name);
  const now = deps.clock();
  return {
    ...content,
    objectKey: originalKey(path, versionId, extensionOf(name)),
    versionId,
    path,
    folder,
    name,
    whenTaken: request.overwrite && !request.unique ? 'version' : 'refuse',
    ...(ifMatch !== undefined && { ifMatch }),
    uploader: { kind, id },
    ...(scope !== 'everywhere' && { uploaderFolderIds: [...scope] }),
    ...(isPrivate === false && publishers !== 'everywhere' && { publisherFolderIds: [...publishers] }),
    keepTags: !request.overwriteTags,
    ...(tags && { tags }),
    ...(description && { description }),
    ...(customCoordinates && { customCoordinates }),
    ...(isPrivate !== undefined && { isPrivate }),
    ...(deps.defaultVisibility === 'private' && { isPrivateWhenNew: true }),
    ...(isPublished !== undefined && { isPublished }),
    ...(post.length > 0 && { post }),
    ...(Object.keys(customMetadata).length > 0 && { customMetadata }),
    ...(!request.overwriteCustomMetadata && !request.customMetadata && { keepCustomMetadata: true }),
    ...(summary && { summary }),
    createdAt: new Date(now).toISOString(),
    endsAt: Math.floor(now / 1000) + INTENT_LIFE,
  };
}
