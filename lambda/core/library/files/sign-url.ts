import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { withSignature } from '../../kernel/url-signature.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryFile } from './library-file.ts';
import { fileById } from './library-file.ts';

export interface SignUrlInput {
  readonly fileId: string;
  /** Seconds for which the URL holds. */
  readonly expiresIn: number;
  /** What follows `tr=`. @default the file as it is */
  readonly transformation?: string | undefined;
}

export interface SignUrlDeps extends ChangeDeps {
  readonly privateKey: string;
  /** What the signed text does not have: scheme and host, with the slash at the end. */
  readonly base: string;
  /** The unsigned URL of a file, below `base` and with a query. */
  readonly urlOf: (file: LibraryFile) => string;
}

export interface SignedUrl {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/**
 * Signs the URL of a file, so that whoever has it gets the file until it expires (ImageKit, "Signed URLs"). One that holds longer
 * than it takes to look at a page can be handed on: an event tells of it.
 * @throws Problem file.missing or permission.missing
 */
export async function signUrl(deps: SignUrlDeps, caller: Caller, input: SignUrlInput): Promise<SignedUrl> {
  const { fileId, expiresIn } = input;
  return decideAndCommit(deps, caller, async (now): Promise<Decision<SignedUrl> | NoChange<SignedUrl>> => {
    const file = await fileById(deps.store, caller, 'files.sign', fileId);
    const expiry = Math.floor(Date.parse(now) / 1000) + expiresIn;
    const expiresAt = new Date(expiry * 1000).toISOString();
    const result = { url: signedUrl(deps, file, { ...input, expiry }), expiresAt };
    if (expiresIn <= LIMITS.unrecordedUrlSeconds) return { unchanged: result };
    const { assetId, revision } = file.head;
    return {
      steps: [{ check: 'head', key: { assetId }, was: { revision } }],
      action: 'file.url-signed',
      object: { kind: 'file', id: fileId },
      after: { path: file.path, expiresAt },
      result,
    };
  });
}

/** Signed is what a browser sends: it escapes some characters of a transformation. */
function signedUrl(
  { base, urlOf, privateKey }: SignUrlDeps,
  file: LibraryFile,
  { transformation, expiry }: SignUrlInput & { readonly expiry: number },
): string {
  const { href } = new URL(transformation === undefined ? urlOf(file) : `${urlOf(file)}&tr=${transformation}`);
  return withSignature({ base, relative: href.slice(base.length), until: expiry }, privateKey);
}
