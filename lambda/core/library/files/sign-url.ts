import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { withSignature } from '../../kernel/url-signature.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { NumberedVersion } from '../store/numbered-version.ts';
import { requireVersion } from '../store/numbered-version.ts';
import type { LibraryFile } from './library-file.ts';
import { fileById } from './library-file.ts';

export interface SignUrlInput {
  readonly fileId: string;
  /** Seconds for which the URL holds. */
  readonly expiresIn: number;
  /** @default the current one */
  readonly versionId?: string | undefined;
  /** What follows `tr=`. @default the file as it is */
  readonly transformation?: string | undefined;
}

export interface SignUrlDeps extends ChangeDeps {
  readonly privateKey: string;
  /** What the signed text does not have: scheme and host, with the slash at the end. */
  readonly base: string;
  /** The unsigned URL of a version of a file, or of the current one, below `base` and with a query. */
  readonly urlOf: (file: LibraryFile, version: NumberedVersion | undefined) => string;
}

export interface SignedUrl {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/**
 * Signs the URL of a file, so that whoever has it gets the file until it expires (ImageKit, "Signed URLs"). One that holds longer
 * than it takes to look at a page can be handed on: an event tells of it.
 * @throws Problem file.missing, version.missing or permission.missing
 */
export async function signUrl(deps: SignUrlDeps, caller: Caller, input: SignUrlInput): Promise<SignedUrl> {
  const { fileId, expiresIn, versionId } = input;
  return decideAndCommit(deps, caller, async (now): Promise<Decision<SignedUrl> | NoChange<SignedUrl>> => {
    const file = await fileById(deps.store, caller, 'files.sign', fileId);
    const version = versionId === undefined ? undefined : await requireVersion(deps.store, file.head, versionId);
    const expiry = Math.floor(Date.parse(now) / 1000) + expiresIn;
    const expiresAt = new Date(expiry * 1000).toISOString();
    const result = { url: signedUrl(deps, deps.urlOf(file, version), { ...input, expiry }), expiresAt };
    if (expiresIn <= LIMITS.unrecordedUrlSeconds) return { unchanged: result };
    const { assetId, revision } = file.head;
    return {
      steps: [{ check: 'head', key: { assetId }, was: { revision } }],
      action: 'file.url-signed',
      object: { kind: 'file', id: fileId },
      after: { path: file.path, expiresAt, ...(versionId !== undefined && { versionId }) },
      result,
    };
  });
}

/** Signed is what a browser sends: it escapes some characters of a transformation. */
function signedUrl(
  { base, privateKey }: SignUrlDeps,
  unsigned: string,
  { transformation, expiry }: SignUrlInput & { readonly expiry: number },
): string {
  const { href } = new URL(transformation === undefined ? unsigned : `${unsigned}&tr=${transformation}`);
  return withSignature({ base, relative: href.slice(base.length), until: expiry }, privateKey);
}
