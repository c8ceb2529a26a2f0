import { problem } from '../../kernel/problems.ts';
import type { LibraryStore } from './library-store.ts';
import type { FileHead, FileVersion } from './records.ts';

/** A version of a file with its number among all of the file's. */
export interface NumberedVersion {
  readonly version: FileVersion;
  readonly number: number;
  readonly isCurrent: boolean;
}

/** All versions of a file, in no order. */
export async function versionsOf(store: LibraryStore, head: FileHead): Promise<NumberedVersion[]> {
  const histories = await Promise.all(
    head.histories.map(async ({ id, offset }) =>
      (await store.versions(id)).map((version) => ({
        version,
        number: version.number + offset,
        isCurrent: version.versionId === head.versionId,
      })),
    ),
  );
  return histories.flat();
}

/** @returns undefined when the file has no such version */
export async function findVersion(
  store: Pick<LibraryStore, 'version'>,
  head: FileHead,
  versionId: string,
): Promise<NumberedVersion | undefined> {
  for (const { id, offset } of head.histories) {
    const version = await store.version(id, versionId);
    if (version) return { version, number: version.number + offset, isCurrent: versionId === head.versionId };
  }
  return undefined;
}

/** @throws Problem version.missing */
export async function requireVersion(
  store: Pick<LibraryStore, 'version'>,
  head: FileHead,
  versionId: string,
): Promise<NumberedVersion> {
  const version = await findVersion(store, head, versionId);
  if (!version) throw problem('version.missing', 'The file has no such version.');
  return version;
}
