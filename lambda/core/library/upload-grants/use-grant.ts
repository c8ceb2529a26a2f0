import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { sanitiseName, withSuffix } from '../asset-path.ts';
import { findFile } from '../files/library-file.ts';
import { valuesOfNewFileIn } from '../path-policies/values-in-folder.ts';
import { requireVersion } from '../store/numbered-version.ts';
import type { UploadGrant } from '../store/upload-grant-record.ts';
import type { CompletedUpload } from '../upload-file.ts';
import { completeStored } from '../uploads/complete-stored.ts';
import type { SignedForm } from '../uploads/original-parts.ts';
import { toIntent } from '../uploads/upload-intent.ts';
import { grantIdOf, isGrantText } from './grant-text.ts';
import type { UploadGrantDeps } from './manage-grants.ts';
import { unknownGrant } from './manage-grants.ts';

/** A form that a browser sends to the storage, and the id of the upload that it makes. */
export interface GrantedUpload {
  readonly uploadId: string;
  readonly name: string;
  readonly folder: string;
  readonly form: SignedForm;
}

/** Attempts at taking a file from a grant that others take files from. */
const ROUNDS = 20;

/** Seconds for which a form may be sent, at most; not longer than the grant holds. */
const FORM_SECONDS = 900;

/**
 * Takes one file from a grant, and signs a form for its bytes. The storage refuses what is larger than the grant allows. The
 * name gets a suffix, so that no grant overwrites a file.
 * @throws Problem upload-grant.unknown, upload-grant.used, upload.invalid-parameter, custom-metadata.invalid
 */
export async function beginGranted(deps: UploadGrantDeps, text: string, fileName: string): Promise<GrantedUpload> {
  const name = withSuffix(sanitiseName(fileName), deps.nameSuffix());
  const { folder: granted } = await requireGrant(deps, text);
  const customMetadata = valuesOfNewFileIn(await deps.fieldsIn(granted, []), {});
  const grant = await takeFile(deps, text);
  const { folder, tags, isPrivate, maximumBytes, contentTypes } = grant;
  const request = {
    ...{ name, folder, unique: true, overwrite: false, overwriteTags: true, overwriteAITags: true },
    ...{ overwriteCustomMetadata: true, responseFields: [], post: [], extensions: [] },
    ...(tags && { tags }),
    ...(isPrivate !== undefined && { isPrivate }),
  };
  const content = { contentType: 'application/octet-stream', fileType: 'non-image' as const, size: maximumBytes };
  const intent = {
    ...toIntent(deps, { caller: holderOf(grant), request, content, customMetadata }, name),
    isInParts: true,
    ...(contentTypes && { onlyTypes: contentTypes }),
    grantId: grant.grantId,
  };
  const seconds = Math.min(FORM_SECONDS, grant.expiresAt - Math.floor(deps.clock() / 1000));
  const form = await deps.parts.signForm(intent.versionId, maximumBytes, seconds);
  await deps.store.addIntent(intent);
  return { uploadId: intent.versionId, name, folder, form };
}

/**
 * Completes an upload whose bytes are there. It may be called again; if it is not called, the storage's event completes.
 * @throws Problem upload-grant.unknown, large-upload.missing, and what an upload is refused for
 */
export async function completeGranted(deps: UploadGrantDeps, text: string, uploadId: string): Promise<CompletedUpload> {
  const grant = await requireGrant(deps, text);
  const intent = await deps.store.intent(uploadId);
  if (intent && intent.grantId !== grant.grantId) throw notThere();
  if (intent) return completeStored(deps, intent);
  const file = await findFile(deps.store, uploadId);
  if (file?.head.createdBy !== holderOf(grant).id) throw notThere();
  const { version, number } = await requireVersion(deps.store, file.head, uploadId);
  return { file, version, number };
}

const notThere = () => problem('large-upload.missing', 'This grant has no such upload.');

/** Whoever holds a grant: they may upload where its maker might. */
const holderOf = ({ grantId, folderIds }: UploadGrant): Caller => ({
  kind: 'upload-ticket',
  id: `grant-${grantId}`,
  grants: [{ permissions: ['files.upload'], ...(folderIds && { folderIds }) }],
});

async function requireGrant(deps: UploadGrantDeps, text: string): Promise<UploadGrant> {
  const grantId = grantIdOf(text);
  const grant = grantId === undefined ? undefined : await deps.store.uploadGrant(grantId);
  if (grant && isGrantText(grant, text) && grant.expiresAt * 1000 > deps.clock()) return grant;
  throw unknownGrant();
}

/** Of calls side by side, each takes another file. */
async function takeFile(deps: UploadGrantDeps, text: string): Promise<UploadGrant> {
  for (let round = 0; round < ROUNDS; round++) {
    const grant = await requireGrant(deps, text);
    const { filesLeft } = grant;
    if (filesLeft < 1)
      throw problem('upload-grant.used', 'All files of this upload grant were begun. Ask for a new one.');
    if (await deps.store.saveUploadGrant({ ...grant, filesLeft: filesLeft - 1 }, filesLeft)) return grant;
    await deps.pause(deps.random() * 50);
  }
  throw problem('busy', 'Too many uploads begin with this grant at once; try again.');
}
