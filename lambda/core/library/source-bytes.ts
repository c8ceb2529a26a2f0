import { formKey } from '../../contract/object-keys.ts';
import { problem } from '../kernel/problems.ts';
import { bytesToExamine } from './file-content.ts';
import type { FileSource } from './file-source.ts';
import type { OriginalParts } from './uploads/original-parts.ts';

/** Gets a file from elsewhere. @throws Problem upload.remote-failed or upload.too-large */
export type FetchRemote = (url: string) => Promise<Uint8Array>;

export interface ReadSourceDeps {
  readonly fetchRemote: FetchRemote;
  readonly parts: Pick<OriginalParts, 'readBeginning'>;
}

/** Bytes on their way to the originals. */
export interface SourceBytes {
  /** All of them, or the beginning of a stored file that is too large to be examined. */
  readonly bytes: Uint8Array;
  /** Key of the object that has them all. */
  readonly storedAt?: string | undefined;
}

/** A file with what its sender says that it is. */
interface ReadSource extends SourceBytes {
  /** Of the whole file. @default of the bytes */
  readonly size?: number;
  readonly claimedType?: string | undefined;
}

/** @throws Problem of an upload.* code, or busy */
export async function readSource(deps: ReadSourceDeps, source: FileSource): Promise<ReadSource> {
  switch (source.kind) {
    case 'bytes':
      return source;
    case 'url':
      return { bytes: await deps.fetchRemote(source.url) };
    case 'stored': {
      const storedAt = formKey(source.uploadId);
      const found = await deps.parts.readBeginning(storedAt, bytesToExamine(source.size));
      if (!found) throw problem('busy', 'The bytes of this upload are not there any more; send it again.');
      return { ...found, storedAt, claimedType: source.claimedType };
    }
  }
}
